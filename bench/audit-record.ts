// One record as an API server writes it, byte for byte in its form.
import { type Names, timeOf, uidOf } from './audit-objects.ts';

export type MakeBody = (names: Names) => object;

/** One kind of request: who asks for what, with which bodies. */
export interface RequestKind {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly group?: string;
  readonly user: string;
  readonly agent: string;
  readonly asked?: MakeBody;
  readonly answered?: MakeBody;
  /** The API server makes up the object's name, which its reference then leaves out. */
  readonly isNameMadeUp?: boolean;
  /** How many objects it is about, in turns. */
  readonly objects?: number;
  /** It has no namespace. */
  readonly isOfCluster?: boolean;
  /** Its record is written while it lasts: an exec, a port-forward. */
  readonly isLong?: boolean;
  /** Behind the question mark of its URI. */
  readonly query?: string;
  readonly impersonates?: string;
}

export const node = (index: number): Pick<RequestKind, 'user' | 'agent'> => ({
  user: `system:node:node-${index}`,
  agent: 'kubelet/v1.34.0 (linux/amd64) kubernetes/f28b4c9',
});

export const account = (namespace: string, name: string): Pick<RequestKind, 'user' | 'agent'> => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  agent: `${name}/v1.34.0 (linux/amd64) kubernetes/f28b4c9/system:serviceaccount:${namespace}:${name}`,
});

export type AuditLevel = 'RequestResponse' | 'Metadata';

function uriOf(kind: RequestKind, { name, namespace }: Names): string {
  const { verb, resource, subresource, group } = kind;
  const root = group === undefined ? '/api/v1' : `/apis/${group}/v1`;
  const within = kind.isOfCluster ? '' : `/namespaces/${namespace}`;
  const isWhole = verb === 'list' || verb === 'watch' || verb === 'create';
  const object = isWhole && subresource === undefined ? '' : `/${name}`;
  const below = subresource === undefined ? '' : `/${subresource}`;
  const watched = 'allowWatchBookmarks=true&fieldSelector=metadata.name%3Ddb&watch=true';
  const query = kind.query ?? (verb === 'watch' ? watched : 'timeout=10s');
  return `${root}${within}/${resource}${object}${below}?${query}`;
}

const reason = (user: string): string =>
  `RBAC: allowed by ClusterRoleBinding "system:${user.split(':').at(-1)}" of ClusterRole "system:${user.split(':').at(-1)}" to User "${user}"`;

const groupOf = (user: string): string =>
  user.startsWith('system:node:')
    ? 'system:nodes'
    : user.startsWith('system:')
      ? 'system:serviceaccounts'
      : 'developers';

const userOf = (user: string): object => ({
  username: user,
  ...(user.includes('serviceaccount') ? { uid: uidOf(user.length) } : {}),
  groups: [groupOf(user), 'system:authenticated'],
  extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${uidOf(user.length + 3)}`] },
});

const objectRefOf = (kind: RequestKind, { name, namespace, seed }: Names): object => ({
  resource: kind.resource,
  ...(kind.isOfCluster ? {} : { namespace }),
  ...(kind.verb === 'list' || kind.isNameMadeUp ? {} : { name }),
  ...(kind.verb === 'update' ? { uid: uidOf(seed % 97) } : {}),
  ...(kind.group === undefined ? {} : { apiGroup: kind.group }),
  apiVersion: 'v1',
  ...(kind.verb === 'update' ? { resourceVersion: String(100_000 + seed) } : {}),
  ...(kind.subresource === undefined ? {} : { subresource: kind.subresource }),
});

const codeOf = ({ verb, isLong }: RequestKind): number => (isLong ? 101 : verb === 'create' ? 201 : 200);

/** The members in the order in which an API server writes them. */
function recordOf(kind: RequestKind, index: number, level: AuditLevel): object {
  const number = index % (kind.objects ?? 500);
  const names = { name: `object-${number}`, namespace: `team-${number % 50}`, seed: index };
  const hasBodies = level === 'RequestResponse';
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level,
    auditID: uidOf(index),
    stage: kind.isLong ? 'ResponseStarted' : 'ResponseComplete',
    requestURI: uriOf(kind, names),
    verb: kind.verb,
    user: userOf(kind.user),
    ...(kind.impersonates === undefined ? {} : { impersonatedUser: userOf(kind.impersonates) }),
    sourceIPs: [`10.0.0.${7 + (kind.user.length % 9)}`],
    userAgent: kind.agent,
    objectRef: objectRefOf(kind, names),
    responseStatus: { metadata: {}, code: codeOf(kind) },
    ...(hasBodies && kind.asked !== undefined ? { requestObject: kind.asked(names) } : {}),
    ...(hasBodies && kind.answered !== undefined ? { responseObject: kind.answered(names) } : {}),
    requestReceivedTimestamp: `${timeOf(index)}.000123Z`,
    stageTimestamp: `${timeOf(index)}.004567Z`,
    annotations: {
      'authorization.k8s.io/decision': 'allow',
      'authorization.k8s.io/reason': reason(kind.user),
    },
  };
}

/** Go's encoder escapes these everywhere. */
const asGo = (record: object): string =>
  JSON.stringify(record).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');

/** As it stands in a line of the log. */
export const recordLine = (kind: RequestKind, index: number, level: AuditLevel): string =>
  asGo(recordOf(kind, index, level));
