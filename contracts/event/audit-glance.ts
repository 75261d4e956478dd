// What can be told of an API server's audit record without parsing it: enough to rule most records out.

/** Where the values lie: in the record, and in the request of the audit event that it would become. */
export const glancePlaces = {
  stage: ['stage'],
  stageTimestamp: ['stageTimestamp'],
  verb: ['verb'],
  resource: ['objectRef', 'resource'],
  subresource: ['objectRef', 'subresource'],
  apiGroup: ['objectRef', 'apiGroup'],
  namespace: ['objectRef', 'namespace'],
  name: ['objectRef', 'name'],
  code: ['responseStatus', 'code'],
  user: ['user', 'username'],
  groups: ['user', 'groups'],
  impersonatedUser: ['impersonatedUser', 'username'],
  userAgent: ['userAgent'],
  sourceIPs: ['sourceIPs'],
  requestURI: ['requestURI'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Told by what it says, and not by what is there. */
export type PlacedGlanceField = keyof typeof glancePlaces;

/** Each is what the field of the same name is in the audit event. */
export type GlanceField =
  | PlacedGlanceField
  /** `some` where there is an object, asked for or answered, in whatever form; at the level Metadata there is none. */
  | 'bodies'
  /** `yes` where no object that was asked for was left out of the record: none was logged, or it is surely kept. Else it is open. */
  | 'kept';

/** `null`: only parsing tells. */
export type GlanceValue = string | number | readonly string[] | undefined | null;

/** Valid only until its maker looks at the next record. */
export interface AuditGlance {
  /** The bytes that the value would be read from, as Latin-1: the same ones give the same value. Empty for a missing one. */
  readonly raw: (field: GlanceField) => string;
  readonly read: (field: GlanceField) => GlanceValue;
}
