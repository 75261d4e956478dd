// Who the agent is in the cluster, and the roles that its owner grants to the hub.
import { readerRole } from '@yagura/contracts';
import { agentName, type KubeObject, kubeObject } from './kube-object.ts';
import { type PolicyRule, readerRules } from './reader-rules.ts';

/** Role → ClusterRole that it stands for. */
export type Grants = ReadonlyMap<string, string>;

export const identitySecret = `${agentName}-identity`;

const rbac = 'rbac.authorization.k8s.io';
const rbacVersion = `${rbac}/v1`;
const [clusterRole, clusterRoleBinding] = [
  [rbacVersion, 'ClusterRole'],
  [rbacVersion, 'ClusterRoleBinding'],
] as const;

const toRole = (kind: 'Role' | 'ClusterRole', name: string) => ({ apiGroup: rbac, kind, name });
const agentOf = (namespace: string) => ({ kind: 'ServiceAccount', name: agentName, namespace });

/** Of its own the agent may be the granted users, and keep its identity: nothing else. Each by name; the chart has the same. */
export const agentRules = {
  impersonate: { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
  keepIdentity: { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'patch'] },
} as const satisfies Readonly<Record<string, PolicyRule>>;

export function accessObjects(namespace: string, grants: Grants): readonly KubeObject[] {
  const impersonate: PolicyRule = { ...agentRules.impersonate, resourceNames: [...grants.keys()] };
  const keepIdentity: PolicyRule = { ...agentRules.keepIdentity, resourceNames: [identitySecret] };
  return [
    kubeObject(['v1', 'ServiceAccount'], [agentName, namespace]),
    kubeObject([rbacVersion, 'Role'], [agentName, namespace], { rules: [keepIdentity] }),
    kubeObject([rbacVersion, 'RoleBinding'], [agentName, namespace], {
      roleRef: toRole('Role', agentName),
      subjects: [agentOf(namespace)],
    }),
    kubeObject(clusterRole, [agentName], { rules: [impersonate] }),
    kubeObject(clusterRoleBinding, [agentName], {
      roleRef: toRole('ClusterRole', agentName),
      subjects: [agentOf(namespace)],
    }),
    ...(grants.get(readerRole) === readerRole
      ? [kubeObject(clusterRole, [readerRole], { rules: readerRules })]
      : []),
    ...[...grants].map(([role, name]) =>
      kubeObject(clusterRoleBinding, [role], {
        roleRef: toRole('ClusterRole', name),
        subjects: [{ kind: 'User', apiGroup: rbac, name: role }],
      }),
    ),
  ];
}
