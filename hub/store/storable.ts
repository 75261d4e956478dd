// Text from outside, made fit for PostgreSQL: its `text` holds neither U+0000 nor lone surrogates.

const nul = String.fromCharCode(0);

export const storableText = (text: string): string => text.replaceAll(nul, '\uFFFD').toWellFormed();

/** JSON keeps both as escapes, and a `json` column takes those as they are. */
export const storableJson = (value: unknown): string => JSON.stringify(value ?? null);

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Null for a time that no clock can have shown: one bad line must not stop the block that it came with. */
export const storableTime = (text: string): string | null =>
  rfc3339.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
