// An API server's record as each cloud would have handed it over: the inverse of what connectors do, for tests.

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** A line of a blob, and one of the records in a message of Event Hubs. */
export const aksRecord = (record: object, category = 'kube-audit'): object => ({
  category,
  operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
  resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/C',
  properties: { log: `${JSON.stringify(record)}\n`, stream: 'stdout', pod: 'kube-apiserver-1' },
  time: '2026-11-24T10:00:01.1234567Z',
});

/** The envelope of a subscription. */
export const eksEnvelope = (...records: readonly object[]): object => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/eks/c1/cluster',
  logStream: 'kube-apiserver-audit-0a1b',
  subscriptionFilters: ['yagura'],
  logEvents: records.map((record, n) => ({ id: `${n}`, timestamp: 1, message: JSON.stringify(record) })),
});

/** One event of what `aws logs filter-log-events` prints. */
export const eksLogEvent = (record: object): object => ({
  logStreamName: 'kube-apiserver-audit-0a1b',
  timestamp: 1,
  message: JSON.stringify(record),
  eventId: '1',
});

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto, as far as an API server answers so. */
const grpcOfHttp: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 6,
  422: 3,
  429: 8,
  500: 13,
  503: 14,
  504: 4,
};

const grpcOf = (code: unknown): number =>
  typeof code === 'number' && code >= 400 ? (grpcOfHttp[code] ?? 2) : 0;

/** Objects have a type instead of their kind. */
function typed(value: unknown, group: string): object | undefined {
  if (!isFields(value)) return undefined;
  const { kind, ...object } = value;
  return kind === undefined ? object : { '@type': `${group}/v1.${String(kind)}`, ...object };
}

/** What an apply made is as old as its request. */
function answer(record: Fields, group: string): object | undefined {
  const response = typed(record['responseObject'], group);
  const isMade = record['verb'] === 'patch' && fieldsOf(record['responseStatus'])['code'] === 201;
  if (!isMade) return response;
  const metadata = {
    ...fieldsOf(fieldsOf(response)['metadata']),
    creationTimestamp: record['stageTimestamp'],
  };
  return { ...response, metadata };
}

/** Groups, impersonation, and parameters of the address are what an entry does not carry. */
export function gkeEntry(record: object, more: object = {}): object {
  const { auditID, verb, user, sourceIPs, userAgent, objectRef, responseStatus, ...rest } = record as Fields;
  const { resource, subresource, namespace, name, apiGroup, apiVersion } = fieldsOf(objectRef);
  const group = typeof apiGroup === 'string' && apiGroup !== '' ? apiGroup : 'core';
  const place = namespace === undefined || resource === 'namespaces' ? [] : ['namespaces', namespace];
  const sub = subresource === undefined ? [] : [subresource];
  const object = name === undefined && sub.length === 0 ? [] : [name ?? ''];
  // Of groups, methods have the first word, and that of RBAC backwards.
  const method = group === 'rbac.authorization.k8s.io' ? 'authorization.rbac' : group.split('.')[0];
  const { code, message } = fieldsOf(responseStatus);
  const isStream = ['exec', 'attach', 'portforward'].includes(String(subresource));
  return {
    logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
    insertId: `insert-${String(auditID)}`,
    timestamp: rest['stageTimestamp'],
    receiveTimestamp: '2026-11-24T10:00:09Z',
    resource: { type: 'k8s_cluster', labels: { project_id: 'p', location: 'l', cluster_name: 'g1' } },
    labels: {
      ...fieldsOf(rest['annotations']),
      'authorization.k8s.io/decision': code === 403 ? 'forbid' : 'allow',
    },
    operation: { id: auditID, producer: 'k8s.io', first: true, ...(isStream ? {} : { last: true }) },
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'k8s.io',
      methodName: ['io.k8s', method, apiVersion, resource, ...sub, verb].join('.'),
      resourceName: [group, apiVersion, ...place, resource, ...object, ...sub].join('/'),
      authenticationInfo: { principalEmail: fieldsOf(user)['username'] },
      requestMetadata: {
        callerIp: Array.isArray(sourceIPs) ? sourceIPs[0] : undefined,
        callerSuppliedUserAgent: userAgent,
      },
      request: typed(rest['requestObject'], group),
      response: answer(record as Fields, group),
      status: grpcOf(code) === 0 ? {} : { code: grpcOf(code), message },
    },
    ...more,
  };
}
