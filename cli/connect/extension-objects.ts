// What the owner of a cluster grants so that the agent may install extensions: one namespace, and a role in it.
import { agentName, type KubeObject, kubeObject } from './kube-object.ts';
import type { PolicyRule } from './reader-rules.ts';

/** Where the sensor lives, and Helm's record of it. */
export const extensionNamespace = 'yagura-sensor';
const priorityClass = 'yagura-node';

/**
 * What Helm calls for the chart's objects, none of which is a role: the agent can grant nobody anything. Names cannot
 * be given, since neither `create` nor `list` knows them.
 */
export const extensionRules: readonly PolicyRule[] = [
  // Helm's record, one for each revision, and the token with which nodes register.
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'create', 'update', 'patch', 'delete'] },
  {
    apiGroups: [''],
    resources: ['configmaps', 'serviceaccounts'],
    verbs: ['get', 'create', 'patch', 'delete'],
  },
  { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['get', 'list', 'create', 'patch', 'delete'] },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['networkpolicies'],
    verbs: ['get', 'create', 'patch', 'delete'],
  },
  // Why it does not come up.
  { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list'] },
];

const rbac = 'rbac.authorization.k8s.io';

/** `agentNamespace`: where the agent itself lives, in which nothing privileged may run. */
export const extensionObjects = (agentNamespace: string): readonly KubeObject[] => [
  privileged(kubeObject(['v1', 'Namespace'], [extensionNamespace])),
  kubeObject([`${rbac}/v1`, 'Role'], [agentName, extensionNamespace], { rules: extensionRules }),
  kubeObject([`${rbac}/v1`, 'RoleBinding'], [agentName, extensionNamespace], {
    roleRef: { apiGroup: rbac, kind: 'Role', name: agentName },
    subjects: [{ kind: 'ServiceAccount', name: agentName, namespace: agentNamespace }],
  }),
  // Of the whole cluster: made here, so that the agent need not be able to.
  kubeObject(['scheduling.k8s.io/v1', 'PriorityClass'], [priorityClass], {
    value: 1_000_000_000,
    description: "Yagura's sensor, which has to be on every node",
  }),
];

/** Pod Security: the sensor reads the node. */
const privileged = (namespace: KubeObject): KubeObject => ({
  ...namespace,
  metadata: {
    ...namespace.metadata,
    labels: { ...namespace.metadata.labels, 'pod-security.kubernetes.io/enforce': 'privileged' },
  },
});
