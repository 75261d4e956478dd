// Audit records for tests: one that a built-in rule fires on, one that none does.

const base = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  stage: 'ResponseComplete',
  user: { username: 'alice', groups: ['system:authenticated'] },
  sourceIPs: ['10.0.0.7'],
  responseStatus: { code: 201 },
  stageTimestamp: '2026-05-01T10:00:00.000000Z',
};

export const privilegedPod = (auditID: string, name = 'bad'): object => ({
  ...base,
  auditID,
  verb: 'create',
  objectRef: { resource: 'pods', namespace: 'shop', name, apiVersion: 'v1' },
  requestObject: {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, namespace: 'shop' },
    spec: { containers: [{ name: 'c', image: 'nginx', securityContext: { privileged: true } }] },
  },
});

export const harmlessGet = (auditID: string): object => ({
  ...base,
  auditID,
  verb: 'get',
  objectRef: { resource: 'services', namespace: 'shop', name: 'web', apiVersion: 'v1' },
});

export const lines = (...records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
