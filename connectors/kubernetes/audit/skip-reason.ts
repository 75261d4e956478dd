// Why a record of an audit log was not turned into an event; readers count by these.

export type SkipReason =
  | 'not-json'
  | 'cut'
  | 'too-long'
  | 'too-deep'
  | 'not-an-object'
  | 'not-an-audit-event'
  | 'no-verb';
