// Reads entries of Cloud Logging from files, sinks and messages of Pub/Sub, and puts together what comes in several.
import type { AuditContext, LogForm, LogReader, LogRecord } from '@yagura/connector-kubernetes';
import { isAnsweredAtOnce, normaliseGkeEntry } from './audit-record.ts';
import { type Fields, fieldsOf, isFields, textOf } from './fields.ts';
import { HeldEntries, type Parts } from './held-entries.ts';
import { mergeValues } from './merge-values.ts';

/** How many split entries that are whole are remembered, so that a part which comes again begins nothing. */
const maxDone = 4_096;
/** More parts than 32 MiB make. */
const maxParts = 1_000;

/** What is held of an operation. */
const [beginning, ending] = [0, 1];

const isEntry = (value: Fields): boolean =>
  isFields(value['protoPayload']) || (typeof value['logName'] === 'string' && 'insertId' in value);

/** The entry is the message's data, in Base64, whether the message was pulled or pushed; `undefined` for others. */
function dataOfMessage(value: Fields): string | undefined {
  const message = isFields(value['message']) ? value['message'] : value;
  const isMessage = 'messageId' in message || 'message_id' in message || 'publishTime' in message;
  return isMessage ? textOf(message['data']) : undefined;
}

class GkeReader implements LogReader {
  readonly #context: AuditContext;
  readonly #splits = new HeldEntries();
  readonly #operations = new HeldEntries();
  readonly #done = new Set<string>();
  #latest: string | undefined;
  #isNewestFirst = true;

  constructor(context: AuditContext) {
    this.#context = context;
  }

  read(value: Fields): readonly LogRecord[] | undefined {
    if (isEntry(value)) return this.#readEntry(value);
    const data = dataOfMessage(value);
    if (data === undefined) return undefined;
    try {
      const entry: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
      return isFields(entry) ? this.#readEntry(entry) : [{ ok: false, reason: 'not-a-kubernetes-entry' }];
    } catch {
      return [{ ok: false, reason: 'not-json' }];
    }
  }

  end(): readonly LogRecord[] {
    return [...this.#releaseSplits(true), ...this.#releaseOperations(true)];
  }

  #readEntry(entry: Fields): readonly LogRecord[] {
    this.#watchOrder(entry);
    const { uid, index = 0, totalSplits } = fieldsOf(entry['split']);
    const isPart = textOf(uid) !== undefined && typeof index === 'number' && typeof totalSplits === 'number';
    if (!isPart || totalSplits < 2) return this.#readWhole(entry);
    if (totalSplits > maxParts || index >= totalSplits)
      return [{ ok: false, reason: 'not-a-kubernetes-entry' }];
    const key = uid as string;
    if (this.#done.has(key)) return [];
    const parts = this.#splits.hold(key, index, entry);
    if (parts.size < totalSplits) return [...this.#releaseSplits(false)];
    this.#splits.take(key);
    this.#remember(key);
    return this.#readWhole(joinParts(parts));
  }

  #remember(key: string): void {
    this.#done.add(key);
    const [oldest] = this.#done;
    if (this.#done.size > maxDone && oldest !== undefined) this.#done.delete(oldest);
  }

  /** `gcloud` prints the newest entry first unless told otherwise, and so the end of an operation before its beginning. */
  #watchOrder(entry: Fields): void {
    const time = textOf(entry['timestamp']) ?? '';
    if (this.#latest !== undefined && time !== this.#latest) this.#isNewestFirst = time < this.#latest;
    this.#latest = time;
  }

  /** Of an operation with a beginning and an end, the beginning has the request and the end the outcome. */
  #readWhole(entry: Fields): readonly LogRecord[] {
    const { first, last } = fieldsOf(entry['operation']);
    const key = keyOfOperation(entry);
    const isBoth = first === last || isAnsweredAtOnce(entry);
    if (key === undefined || isBoth) return [this.#normalise(entry)];
    const held = this.#operations.hold(key, first === true ? beginning : ending, entry);
    const [begin, end] = [held.get(beginning), held.get(ending)];
    if (end === undefined || (begin === undefined && this.#isNewestFirst))
      return [...this.#releaseOperations(false)];
    this.#operations.take(key);
    return [this.#normalise(begin === undefined ? end : joinOperation(begin, end))];
  }

  /** Parts that never came are counted; what is there is analysed all the same. */
  *#releaseSplits(all: boolean): Generator<LogRecord> {
    for (const parts of this.#splits.release(all)) {
      const [some] = parts.values();
      const total = fieldsOf(some?.['split'])['totalSplits'] as number;
      for (let n = parts.size; n < total; n += 1) yield { ok: false, reason: 'missing-part-of-entry' };
      for (const record of this.#readWhole(joinParts(parts))) yield asTruncated(record);
    }
  }

  /** An operation without an end counts as answered: better an alert too early than none. */
  *#releaseOperations(all: boolean): Generator<LogRecord> {
    for (const parts of this.#operations.release(all))
      for (const [part, entry] of parts) {
        const record = this.#normalise(entry);
        yield part === beginning ? asTruncated(record) : record;
      }
  }

  #normalise(entry: Fields): LogRecord {
    return normaliseGkeEntry(entry, this.#context);
  }
}

/** The id alone is the audit id, which a client may choose by the header `Audit-ID`. */
function keyOfOperation({ operation, resource, protoPayload }: Fields): string | undefined {
  const id = textOf(fieldsOf(operation)['id']);
  const { methodName, resourceName } = fieldsOf(protoPayload);
  return id && JSON.stringify([id, fieldsOf(resource)['labels'], methodName, resourceName]);
}

const asTruncated = (record: LogRecord): LogRecord =>
  record.ok
    ? { ok: true, event: { ...record.event, quality: { ...record.event.quality, truncated: true } } }
    : record;

const splitFields = ['metadata', 'request', 'response'] as const;

/** All else is the same in each part. */
function joinParts(parts: Parts): Fields {
  const entries = [...parts].sort(([a], [b]) => a - b).map(([, entry]) => entry);
  const [head] = entries;
  const payloads = entries.map((entry) => fieldsOf(entry['protoPayload']));
  const joined = splitFields.map((key) => [
    key,
    payloads.reduce<unknown>((whole, payload) => mergeValues(whole, payload[key]), undefined),
  ]);
  return { ...head, protoPayload: { ...payloads[0], ...Object.fromEntries(joined) } };
}

function joinOperation(begin: Fields, end: Fields): Fields {
  const given = Object.entries(fieldsOf(end['protoPayload'])).filter(([, value]) => value !== undefined);
  return {
    ...begin,
    ...end,
    labels: { ...fieldsOf(begin['labels']), ...fieldsOf(end['labels']) },
    operation: { ...fieldsOf(end['operation']), first: true },
    protoPayload: { ...fieldsOf(begin['protoPayload']), ...Object.fromEntries(given) },
    receivedAt: begin['timestamp'],
  };
}

export const gkeLog: LogForm = {
  provider: 'gke',
  open: (context) => new GkeReader(context),
};
