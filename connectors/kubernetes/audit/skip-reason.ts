// Why a record of an audit log was not turned into an event; readers count by these.

export type SkipReason =
  | 'not-json'
  | 'cut'
  | 'too-long'
  | 'too-deep'
  | 'not-an-object'
  | 'not-an-audit-event'
  | 'no-verb';

/** What is wrong with the record, in words that follow its name. */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  'not-json': 'is not JSON',
  cut: 'breaks off before its end',
  'too-long': 'is too long',
  'too-deep': 'is nested too deeply',
  'not-an-object': 'is not a JSON object',
  'not-an-audit-event': 'is not an audit event: it has no kind Event of audit.k8s.io',
  'no-verb': 'has no verb',
};
