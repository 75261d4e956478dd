// Alert drafts for tests, whole and valid.
import type { AlertDraft, AlertSummary } from '@yagura/contracts';

export const draft = (over: Partial<AlertDraft> = {}): AlertDraft => ({
  id: 'alert-1',
  rule: 'exec-into-pod',
  ruleVersion: 'abc',
  title: 'Exec into a pod',
  severity: 'medium',
  source: 'k8s_audit',
  count: 1,
  firstSeenAt: '2026-01-02T03:04:05.123456Z',
  lastSeenAt: '2026-01-02T03:04:05.123456Z',
  message: 'alice ran a shell in web-1',
  tactics: ['execution'],
  techniques: ['T1609'],
  entities: { cluster: 'kind', namespace: 'shop', pod: 'web-1', user: 'alice' },
  evidence: [{ field: 'ka.verb', value: 'create' }],
  event: { kind: 'api.requested', id: 'e1' },
  ruleSnapshot: { condition: 'ka.verb = create', text: '- rule: exec' },
  ...over,
});

export const summary = (over: Partial<AlertSummary> = {}): AlertSummary => {
  const { evidence: _evidence, event: _event, ruleSnapshot: _snapshot, ...rest } = draft();
  return { ...rest, raisedAt: '2026-01-02T03:04:06Z', status: 'open', ...over };
};
