// What an API server writes in an ordinary hour, byte for byte in its form: leases, status updates and reads, hardly anything of interest.
import {
  configMap,
  coreEvent,
  endpointSlice,
  lease,
  nodeStatusPatch,
  pod,
  podStatusPatch,
  runningPod,
  timeOf,
  tokenReview,
  uidOf,
} from './audit-objects.ts';
import { type Lines, linesOf } from './lines.ts';

interface Names {
  readonly name: string;
  readonly namespace: string;
  readonly seed: number;
}
type MakeBody = (names: Names) => object;

interface Kind {
  readonly share: number;
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly group?: string;
  readonly user: string;
  readonly agent: string;
  readonly asked?: MakeBody;
  readonly answered?: MakeBody;
}

const node = (index: number): Pick<Kind, 'user' | 'agent'> => ({
  user: `system:node:node-${index}`,
  agent: 'kubelet/v1.34.0 (linux/amd64) kubernetes/f28b4c9',
});
const account = (namespace: string, name: string): Pick<Kind, 'user' | 'agent'> => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  agent: `${name}/v1.34.0 (linux/amd64) kubernetes/f28b4c9/system:serviceaccount:${namespace}:${name}`,
});
const leases = { resource: 'leases', group: 'coordination.k8s.io' } as const;
const manager: Pick<Kind, 'user' | 'agent'> = {
  user: 'system:kube-controller-manager',
  agent: 'kube-controller-manager/v1.34.0 (linux/amd64) kubernetes/f28b4c9/leader-election',
};
const empty: MakeBody = () => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
const podAsked: MakeBody = (names) => pod(names, { isPrivileged: false });
const podList: MakeBody = (names) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: String(names.seed) },
  items: [runningPod(names)],
});

const kinds: readonly Kind[] = [
  { share: 30, verb: 'update', ...leases, ...node(1), asked: lease, answered: lease },
  { share: 10, verb: 'get', ...leases, ...manager, answered: lease },
  {
    share: 12,
    verb: 'patch',
    resource: 'nodes',
    subresource: 'status',
    ...node(2),
    asked: nodeStatusPatch,
    answered: nodeStatusPatch,
  },
  {
    share: 10,
    verb: 'patch',
    resource: 'pods',
    subresource: 'status',
    ...node(3),
    asked: podStatusPatch,
    answered: runningPod,
  },
  { share: 9, verb: 'get', resource: 'pods', ...account('monitoring', 'prometheus'), answered: runningPod },
  {
    share: 6,
    verb: 'list',
    resource: 'pods',
    user: 'alice',
    agent: 'kubectl/v1.34.0 (linux/amd64) kubernetes/f28b4c9',
    answered: podList,
  },
  { share: 6, verb: 'get', resource: 'configmaps', ...node(1), answered: configMap },
  { share: 5, verb: 'watch', resource: 'secrets', ...node(1) },
  { share: 4, verb: 'create', resource: 'events', ...node(2), asked: coreEvent, answered: coreEvent },
  {
    share: 3,
    verb: 'update',
    resource: 'endpointslices',
    group: 'discovery.k8s.io',
    ...account('kube-system', 'endpointslice-controller'),
    asked: endpointSlice,
    answered: endpointSlice,
  },
  {
    share: 2,
    verb: 'create',
    resource: 'tokenreviews',
    group: 'authentication.k8s.io',
    ...node(3),
    asked: tokenReview,
    answered: empty,
  },
  {
    share: 2,
    verb: 'create',
    resource: 'pods',
    ...account('kube-system', 'replicaset-controller'),
    asked: podAsked,
    answered: runningPod,
  },
  {
    share: 1,
    verb: 'create',
    resource: 'pods',
    subresource: 'binding',
    user: 'system:kube-scheduler',
    agent: 'kube-scheduler/v1.34.0 (linux/amd64) kubernetes/f28b4c9/scheduler',
    asked: empty,
    answered: empty,
  },
];

export type AuditLevel = 'RequestResponse' | 'Metadata';

function uriOf({ verb, resource, subresource, group }: Kind, { name, namespace }: Names): string {
  const root = group === undefined ? '/api/v1' : `/apis/${group}/v1`;
  const isWhole = verb === 'list' || verb === 'watch' || verb === 'create';
  const object = isWhole && subresource === undefined ? '' : `/${name}`;
  const below = subresource === undefined ? '' : `/${subresource}`;
  // Go writes `&` as an escape.
  const query =
    verb === 'watch'
      ? '?allowWatchBookmarks=true&fieldSelector=metadata.name%3Ddb&watch=true'
      : '?timeout=10s';
  return `${root}/namespaces/${namespace}/${resource}${object}${below}${query}`;
}

const reason = (user: string): string =>
  `RBAC: allowed by ClusterRoleBinding "system:${user.split(':').at(-1)}" of ClusterRole "system:${user.split(':').at(-1)}" to User "${user}"`;

/** The members in the order in which an API server writes them. */
function recordOf(kind: Kind, index: number, level: AuditLevel): object {
  const names = { name: `object-${index % 500}`, namespace: `team-${index % 50}`, seed: index };
  const { verb, resource, subresource, group, user } = kind;
  const hasBodies = level === 'RequestResponse';
  const isCreated = verb === 'create';
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level,
    auditID: uidOf(index),
    stage: 'ResponseComplete',
    requestURI: uriOf(kind, names),
    verb,
    user: {
      username: user,
      ...(user.includes('serviceaccount') ? { uid: uidOf(user.length) } : {}),
      groups: [
        user.startsWith('system:node:') ? 'system:nodes' : 'system:serviceaccounts',
        'system:authenticated',
      ],
      extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${uidOf(user.length + 3)}`] },
    },
    sourceIPs: [`10.0.0.${7 + (user.length % 9)}`],
    userAgent: kind.agent,
    objectRef: {
      resource,
      namespace: names.namespace,
      name: names.name,
      ...(verb === 'update' ? { uid: uidOf(index % 97) } : {}),
      ...(group === undefined ? {} : { apiGroup: group }),
      apiVersion: 'v1',
      ...(verb === 'update' ? { resourceVersion: String(100_000 + index) } : {}),
      ...(subresource === undefined ? {} : { subresource }),
    },
    responseStatus: { metadata: {}, code: isCreated ? 201 : 200 },
    ...(hasBodies && kind.asked !== undefined ? { requestObject: kind.asked(names) } : {}),
    ...(hasBodies && kind.answered !== undefined ? { responseObject: kind.answered(names) } : {}),
    requestReceivedTimestamp: `${timeOf(index)}.000123Z`,
    stageTimestamp: `${timeOf(index)}.004567Z`,
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': reason(user) },
  };
}

/** Go's encoder escapes these everywhere. */
const asGo = (record: object): string =>
  JSON.stringify(record).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');

/** The kind of each event, spread evenly by share, without chance. */
function* sequence(count: number): Generator<Kind> {
  const owed = kinds.map(() => 0);
  for (let index = 0; index < count; index += 1) {
    for (const [at, kind] of kinds.entries()) owed[at] = (owed[at] ?? 0) + kind.share;
    const most = owed.indexOf(Math.max(...owed));
    owed[most] = (owed[most] ?? 0) - 100;
    const chosen = kinds[most];
    if (chosen !== undefined) yield chosen;
  }
}

export const auditMix = (count: number, level: AuditLevel): Lines =>
  linesOf([...sequence(count)].map((kind, index) => asGo(recordOf(kind, index, level))));

/** Nine of ten are privileged pods, each of them an alert. */
export function hostileMix(count: number): Lines {
  const creation = kinds.find(({ verb, resource }) => verb === 'create' && resource === 'pods');
  const [benign] = kinds;
  if (creation === undefined || benign === undefined) throw new Error('the mix creates no pods');
  const hostile: Kind = { ...creation, asked: (names) => pod(names, { isPrivileged: true }) };
  return linesOf(
    Array.from({ length: count }, (_, index) =>
      asGo(recordOf(index % 10 === 0 ? benign : hostile, index, 'RequestResponse')),
    ),
  );
}
