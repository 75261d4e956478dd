// What an API server writes in an ordinary hour: leases, status updates and reads, hardly anything of interest.
import {
  configMap,
  coreEvent,
  endpointSlice,
  lease,
  nodeStatusPatch,
  pod,
  podStatusPatch,
  runningPod,
  tokenReview,
} from './audit-objects.ts';
import {
  type AuditLevel,
  account,
  type MakeBody,
  node,
  type RequestKind,
  recordLine,
} from './audit-record.ts';
import { type Lines, linesOf } from './lines.ts';

const leases = { resource: 'leases', group: 'coordination.k8s.io' } as const;
const manager: Pick<RequestKind, 'user' | 'agent'> = {
  user: 'system:kube-controller-manager',
  agent: 'kube-controller-manager/v1.34.0 (linux/amd64) kubernetes/f28b4c9/leader-election',
};
const empty: MakeBody = () => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
const podAsked: MakeBody = (names) => pod(names);
const podAnswered: MakeBody = (names) => runningPod(names);
const podList: MakeBody = (names) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: String(names.seed) },
  items: [runningPod(names)],
});

interface Kind extends RequestKind {
  /** Of a hundred. */
  readonly share: number;
}

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
    answered: podAnswered,
  },
  { share: 9, verb: 'get', resource: 'pods', ...account('monitoring', 'prometheus'), answered: podAnswered },
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
    answered: podAnswered,
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
  linesOf([...sequence(count)].map((kind, index) => recordLine(kind, index, level)));
