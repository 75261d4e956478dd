// How much of an audit record is kept; what is beyond is dropped and the event's quality says so.

export const auditLimits = {
  /** Characters over all strings and keys of a request or response object; etcd takes objects up to 1.5 MiB. */
  bodyChars: 384 * 1024,
  bodyNodes: 50_000,
  /** JSON.stringify recurses, and everything downstream of here stringifies. */
  bodyDepth: 64,
  textChars: 4096,
  shortTextChars: 512,
  groups: 512,
  sourceAddresses: 64,
  mapEntries: 128,
  valuesPerEntry: 64,
} as const;
