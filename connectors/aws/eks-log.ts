// Tells what CloudWatch hands over of an EKS cluster from other records: envelopes, answers of its API, exported lines.
import { gunzipSync } from 'node:zlib';
import type { AuditContext, LogForm, LogRecord } from '@yagura/connector-kubernetes';
import { normaliseEksMessage } from './audit-record.ts';
import { readEnvelope } from './envelope.ts';
import { exportToJson } from './export-lines.ts';
import { type Fields, isFields, parseFields } from './fields.ts';

const auditStream = 'kube-apiserver-audit-';
/** A function is called with at most 6 MB; https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxFunctionBytes = 64 * 1024 * 1024;

/** An event of `aws logs filter-log-events` or `get-log-events`. */
const isLogEvent = (value: unknown): boolean =>
  isFields(value) && typeof value['message'] === 'string' && 'timestamp' in value;

function readLogEvent(event: unknown, context: AuditContext): LogRecord {
  if (!isFields(event)) return { ok: false, reason: 'not-an-audit-event' };
  const { logStreamName, message } = event;
  const isOther = typeof logStreamName === 'string' && !logStreamName.startsWith(auditStream);
  return isOther ? { ok: false, reason: 'not-an-audit-stream' } : normaliseEksMessage(message, context);
}

/** What a subscription sends to a function or into a stream: the envelope, gzipped, in Base64. */
function readPacked(data: unknown, context: AuditContext): readonly LogRecord[] {
  const envelope = typeof data === 'string' ? unpack(data) : undefined;
  return envelope === undefined
    ? [{ ok: false, reason: 'not-an-envelope' }]
    : [...readEnvelope(envelope, context)];
}

function unpack(data: string): Fields | undefined {
  try {
    const inflated = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxFunctionBytes });
    return parseFields(inflated.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A record of `aws kinesis get-records`, or of a stream that calls a function. */
function dataOfStream(record: unknown): unknown {
  if (!isFields(record)) return undefined;
  const { kinesis, Data } = record;
  return isFields(kinesis) ? kinesis['data'] : Data;
}

/** A row of Logs Insights: its message is text in some exports, and an object in others. */
const messageOfRow = (message: unknown): unknown => (isFields(message) ? JSON.stringify(message) : message);

/** The same row as `aws logs get-query-results` has it: a list of fields. */
function messageOfCells(row: unknown): unknown {
  const cells: readonly unknown[] = Array.isArray(row) ? row : [];
  const cell = cells.filter(isFields).find(({ field }) => field === '@message');
  return cell?.['value'];
}

function read(value: Fields, context: AuditContext): readonly LogRecord[] | undefined {
  if (Array.isArray(value['logEvents'])) return [...readEnvelope(value, context)];
  if (isLogEvent(value)) return [readLogEvent(value, context)];
  if ('@message' in value) return [normaliseEksMessage(messageOfRow(value['@message']), context)];
  const { awslogs, Records: records, events, results } = value;
  if ('awslogs' in value) return readPacked(isFields(awslogs) ? awslogs['data'] : undefined, context);
  if (Array.isArray(events) && events.some(isLogEvent))
    return events.map((event) => readLogEvent(event, context));
  if (Array.isArray(results) && results.some((row) => messageOfCells(row) !== undefined))
    return results.map((row) => normaliseEksMessage(messageOfCells(row), context));
  if (Array.isArray(records) && records.some((record) => dataOfStream(record) !== undefined))
    return records.flatMap((record) => readPacked(dataOfStream(record), context));
  return undefined;
}

export const eksLog: LogForm = {
  provider: 'eks',
  open: (context) => ({ read: (value) => read(value, context), end: () => [] }),
  toJson: exportToJson,
};
