// Alerts for the tests of all formats: of both kinds, closed, hostile, and almost empty.
import type { ExportedAlert, FormatInput } from './alert-format.ts';

const base: ExportedAlert = {
  ...{ id: 'a1', rule: 'exec-into-pod', ruleVersion: 'v1', title: 'Exec into a pod', severity: 'medium' },
  ...{ source: 'k8s_audit', count: 3, message: 'alice ran a shell in web-1' },
  ...{ firstSeenAt: '2026-01-02T03:04:05.123456789Z', lastSeenAt: '2026-01-02T04:04:05Z' },
  ...{ tactics: ['Execution', 'Lateral Movement'], techniques: ['T1609', 'T1098.006'] },
  entities: { cluster: 'prod', namespace: 'shop', pod: 'web-1', user: 'alice', sourceAddress: '192.0.2.7' },
  evidence: [{ field: 'ka.verb', value: 'create' }],
  event: {
    ...{ kind: 'api.requested', id: 'e1', time: '2026-01-02T03:04:05Z', provider: 'kubernetes', quality: {} },
    request: {
      ...{ auditID: 'u-1', stage: 'ResponseStarted', verb: 'create', userAgent: 'kubectl/v1.34.0' },
      user: { username: 'alice', uid: '7', groups: ['system:authenticated'] },
      sourceIPs: ['192.0.2.7'],
      objectRef: {
        resource: 'pods',
        subresource: 'exec',
        namespace: 'shop',
        name: 'web-1',
        apiVersion: 'v1',
      },
      responseStatus: { code: 101 },
    },
  },
  ruleSnapshot: {
    condition: 'ka.verb = create',
    text: '- rule: exec',
    why: 'Shells.',
    respond: ['Ask alice.'],
  },
};

const onNode: ExportedAlert = {
  ...{ ...base, id: 'p1', rule: 'reverse-shell', source: 'syscall', severity: 'critical' },
  entities: {
    cluster: 'prod',
    node: 'n1',
    namespace: 'shop',
    pod: 'web-1',
    process: '/bin/bash',
    user: 'root',
  },
  event: {
    ...{ kind: 'process.started', id: 'e2', time: '2026-01-02T03:04:05.1Z', node: 'n1' },
    container: { id: 'f'.repeat(64), name: 'web', image: 'web:1', runtime: 'containerd' },
    pod: { name: 'web-1', namespace: 'shop', uid: 'pod-uid' },
    process: {
      ...{ pid: 42, tid: 42, ppid: 1, uid: 0, gid: 0, name: 'bash', args: ['bash', '-i'], cwd: '/' },
      executable: { path: '/bin/bash', upperLayer: false },
    },
    ancestors: [{ pid: 1, name: 'nginx', path: '/usr/sbin/nginx', args: ['nginx'] }],
  },
};

export const hostileText = `a|b\\c=d\r\n<!channel> *x* \u2028CEF:0|fake|\u0000\uD800\u001b[31m`;

const hostile: ExportedAlert = {
  ...{ ...base, id: 'h1', title: hostileText, message: hostileText, rule: 'r|=\n', firstSeenAt: 'never' },
  ...{ lastSeenAt: hostileText, tactics: [hostileText], techniques: [''], evidence: [] },
  entities: { cluster: hostileText, user: hostileText, node: hostileText, sourceAddress: hostileText },
  event: { kind: 'api.requested', request: { verb: hostileText, user: [], sourceIPs: [hostileText, 7] } },
};

const bare: ExportedAlert = {
  ...{ ...base, id: 'b1', tactics: [], techniques: [], entities: {}, evidence: [], event: null },
  ruleSnapshot: { condition: 'c', text: 't' },
};

export const sampleAlerts: readonly ExportedAlert[] = [
  base,
  onNode,
  {
    ...base,
    status: 'closed',
    closeReason: 'false-positive',
    closedAt: '2026-01-02T05:00:00Z',
    closedBy: 'ann',
  },
  { ...onNode, event: { kind: 'process.started', container: { id: 'c' } }, evidence: [], entities: {} },
  hostile,
  bare,
];

export const inputOf = (alert: ExportedAlert, over: Partial<FormatInput> = {}): FormatInput => ({
  ...{ alert, change: 'raised', key: 'a1.1' },
  product: { version: '0.1.0', workspace: 'w1', consoleUrl: 'https://yagura.example/' },
  ...over,
});
