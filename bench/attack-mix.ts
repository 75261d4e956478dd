// What an API server writes while it is under attack, nine of ten records: each of them is an alert.
import {
  clusterAdminBinding,
  cronJobThatDownloads,
  secret,
  secretTable,
  tokenAnswered,
  tokenAsked,
  wildcardRole,
} from './attack-objects.ts';
import { configMap, lease, type PodOptions, pod, runningPod } from './audit-objects.ts';
import { account, node, type RequestKind, recordLine } from './audit-record.ts';
import { type Lines, linesOf } from './lines.ts';

const person: Pick<RequestKind, 'user' | 'agent'> = {
  user: 'mallory@example.org',
  agent: 'kubectl/v1.34.0 (linux/amd64) kubernetes/f28b4c9',
};

const podWith = (options: PodOptions): Omit<RequestKind, 'user' | 'agent'> => ({
  verb: 'create',
  resource: 'pods',
  isNameMadeUp: true,
  asked: (names) => pod(names, options),
  answered: (names) => runningPod(names, options),
});

const hostPath = { volumes: [{ name: 'root', hostPath: { path: '/etc', type: '' } }] };
const rbac = { group: 'rbac.authorization.k8s.io', isOfCluster: true } as const;
const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' } as const;

const privilegedPod: RequestKind = {
  ...podWith({ securityContext: { privileged: true } }),
  ...account('kube-system', 'replicaset-controller'),
};

const attacks: readonly RequestKind[] = [
  privilegedPod,
  { ...podWith({ spec: hostPath }), ...person },
  { ...podWith({ spec: { hostNetwork: true, hostPID: true } }), ...person },
  {
    ...{ verb: 'get', resource: 'pods', subresource: 'exec', isLong: true, ...person },
    query: 'command=sh&command=-c&command=id&container=main&stderr=true&stdout=true',
  },
  { verb: 'get', resource: 'pods', subresource: 'portforward', isLong: true, ...person },
  { verb: 'list', resource: 'secrets', ...person, query: 'limit=500', answered: secretTable },
  {
    ...{ verb: 'create', resource: 'clusterrolebindings', ...rbac, ...person },
    ...{ asked: clusterAdminBinding, answered: clusterAdminBinding },
  },
  {
    ...{ verb: 'create', resource: 'clusterroles', ...rbac, ...person },
    ...{ asked: wildcardRole, answered: wildcardRole },
  },
  {
    ...{ verb: 'create', resource: 'serviceaccounts', subresource: 'token', ...person },
    ...{ asked: tokenAsked, answered: tokenAnswered },
  },
  { verb: 'get', resource: 'secrets', user: 'system:anonymous', agent: 'curl/8.5.0', answered: secret },
  { verb: 'get', resource: 'configmaps', ...person, impersonates: 'alice', answered: configMap },
  {
    ...{ verb: 'delete', resource: 'networkpolicies', group: 'networking.k8s.io', ...person },
    answered: () => status,
  },
  {
    ...{ verb: 'create', resource: 'cronjobs', group: 'batch', ...person },
    ...{ asked: cronJobThatDownloads, answered: cronJobThatDownloads },
  },
];

const benign: RequestKind = {
  ...{ verb: 'update', resource: 'leases', group: 'coordination.k8s.io', ...node(1) },
  ...{ asked: lease, answered: lease },
};

/** What is under attack: so many objects of each kind, and an alert for each of them. */
const objects = 100;

/** Of every ten records the first is a lease, and the others take turns. */
function mixOf(count: number, kinds: readonly RequestKind[]): Lines {
  const hostile = kinds.map((kind) => ({ ...kind, objects }));
  const kindAt = (index: number): RequestKind =>
    (index % 10 === 0 ? undefined : hostile[(index - Math.ceil(index / 10)) % hostile.length]) ?? benign;
  return linesOf(
    Array.from({ length: count }, (_, index) => recordLine(kindAt(index), index, 'RequestResponse')),
  );
}

/** As in a report of an intrusion: pods, shells, secrets, rights and tokens in equal parts. */
export const attackMix = (count: number): Lines => mixOf(count, attacks);

/** The worst case: the largest of these records, which most rules look into. */
export const privilegedPodMix = (count: number): Lines => mixOf(count, [privilegedPod]);
