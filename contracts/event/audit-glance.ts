// What can be told of an API server's audit record without parsing it: enough to rule most records out.

/** Each is what the field of the same name is in the audit event that the record would become. */
export type GlanceField =
  | 'stage'
  | 'stageTimestamp'
  | 'verb'
  | 'resource'
  | 'subresource'
  | 'apiGroup'
  | 'namespace'
  | 'name'
  | 'code'
  | 'user'
  | 'groups'
  | 'impersonatedUser'
  | 'userAgent'
  | 'sourceIPs'
  | 'requestURI'
  /** `some` where there is an object, asked for or answered, in whatever form; at the level Metadata there is none. */
  | 'bodies';

/** `null`: only parsing tells. */
export type GlanceValue = string | number | readonly string[] | undefined | null;

/** Valid only until its maker looks at the next record. */
export interface AuditGlance {
  /** The bytes that the value would be read from, as Latin-1: the same ones give the same value. Empty for a missing one. */
  readonly raw: (field: GlanceField) => string;
  readonly read: (field: GlanceField) => GlanceValue;
}
