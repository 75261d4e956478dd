// The moment that an audit record is about, out of the fields in which the versions of the format keep it.
import { isObject, type JsonObject, own } from './field-reader.ts';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** In UTC and on every calendar: the 29th, 30th and 31st are for Date to judge. */
const certain =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** RFC 3339 in UTC, with its digits kept where it was in UTC already. */
export function utcTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (certain.test(value)) return value;
  if (!rfc3339.test(value)) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return undefined;
  return value.endsWith('Z') ? value : date.toISOString();
}

/** v1 says `stageTimestamp`; v1beta1 and v1alpha1 say `timestamp` or `metadata.creationTimestamp`. */
export function auditTime(record: JsonObject): string | undefined {
  const metadata = own(record, 'metadata');
  return (
    utcTime(own(record, 'stageTimestamp')) ??
    utcTime(own(record, 'timestamp')) ??
    (isObject(metadata) ? utcTime(own(metadata, 'creationTimestamp')) : undefined) ??
    utcTime(own(record, 'requestReceivedTimestamp'))
  );
}
