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

/** What a subscription sends to a function: the envelope, gzipped, in Base64. */
function envelopeOfFunction(awslogs: unknown): Fields | undefined {
  const data = isFields(awslogs) ? awslogs['data'] : undefined;
  if (typeof data !== 'string') return undefined;
  try {
    const inflated = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxFunctionBytes });
    return parseFields(inflated.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A row of Logs Insights: its message is text in some exports, and an object in others. */
const messageOfRow = (message: unknown): unknown => (isFields(message) ? JSON.stringify(message) : message);

function read(value: Fields, context: AuditContext): readonly LogRecord[] | undefined {
  if (Array.isArray(value['logEvents'])) return [...readEnvelope(value, context)];
  if (isLogEvent(value)) return [readLogEvent(value, context)];
  if ('@message' in value) return [normaliseEksMessage(messageOfRow(value['@message']), context)];
  if ('awslogs' in value) {
    const envelope = envelopeOfFunction(value['awslogs']);
    return envelope === undefined
      ? [{ ok: false, reason: 'not-an-envelope' }]
      : [...readEnvelope(envelope, context)];
  }
  const events = value['events'];
  if (!Array.isArray(events) || !events.some(isLogEvent)) return undefined;
  return events.map((event) => readLogEvent(event, context));
}

export const eksLog: LogForm = {
  provider: 'eks',
  open: (context) => ({ read: (value) => read(value, context), end: () => [] }),
  toJson: exportToJson,
};
