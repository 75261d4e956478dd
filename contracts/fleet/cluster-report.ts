// What the agent of a connected cluster says about the cluster with its heartbeat.
import Type, { type Static } from 'typebox';

/** Roles are users that the agent impersonates: the prefix keeps them away from anyone else's. */
export const ClusterRoleName = Type.String({
  maxLength: 63,
  pattern: '^yagura-[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
});

export const ClusterReport = Type.Object({
  kubernetesVersion: Type.Optional(Type.String({ maxLength: 64 })),
  roles: Type.Array(ClusterRoleName, { maxItems: 32, description: 'that the owner granted' }),
});
export type ClusterReport = Static<typeof ClusterReport>;
