// Batches of events: bounded while they are read, checked line by line, durable before the answer.
import type { IncomingMessage } from 'node:http';
import {
  type BatchReceipt,
  batchHeaders,
  batchLimits,
  inventoryKinds,
  nodeEventKinds,
  sendBatch,
} from '@yagura/contracts';
import type { BodyEncoding, Origin } from '../../event-log/block-body.ts';
import type { EventLog } from '../../event-log/event-log.ts';
import { appendEvents } from '../append-events.ts';
import { type CheckedLines, checkLines, type LineKind } from '../check-lines.ts';
import type { ContactBook } from '../contact-book.ts';
import { IngestError } from '../errors.ts';
import type { Caller, Identity } from '../identity.ts';
import type { Route } from '../route.ts';
import type { Slots, Turns } from '../slots.ts';
import { encodingOf, takeBody, takeInflated } from '../take-body.ts';

export interface SendBatchOptions {
  readonly eventLog: EventLog;
  readonly identity: Identity;
  readonly contacts: ContactBook;
  readonly slots: Slots;
  readonly turns: Turns;
}

const nodeAlone: ReadonlySet<LineKind> = new Set<LineKind>(nodeEventKinds);
const nodeOfCluster: ReadonlySet<LineKind> = new Set<LineKind>([...nodeEventKinds, ...inventoryKinds]);
const clusterAgent: ReadonlySet<LineKind> = new Set<LineKind>([...nodeOfCluster, 'api.requested']);

/**
 * A node speaks of its processes and files. The cluster's inventory runs on any one of its nodes, so that each may bring it: for
 * the cluster that its certificate names, and for no other. Only a cluster's own agent may speak for its API server.
 */
const allowedKinds = ({ role, cluster }: Caller): ReadonlySet<LineKind> => {
  if (role === 'cluster') return clusterAgent;
  return cluster === undefined ? nodeAlone : nodeOfCluster;
};

export function sendBatchRoute(options: SendBatchOptions): Route {
  const { identity, slots, turns } = options;
  return {
    endpoint: sendBatch,
    async handle({ request }): Promise<BatchReceipt> {
      const caller = await identity.identify(request);
      const head = readHead(request);
      using slot = slots.take(caller.id);
      if (slot === undefined) throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: 1 });
      const body = await takeBody(request, batchLimits.bodyBytes);
      return turns.run(() => takeBatch(options, { caller, head, body }));
    },
  };
}

interface BatchHead {
  readonly id: string;
  readonly lines: number;
  readonly encoding: BodyEncoding;
}

function readHead(request: IncomingMessage): BatchHead {
  const [id, lines] = [request.headers[batchHeaders.id], request.headers[batchHeaders.lines]];
  if (typeof id !== 'string' || !/^[\w.:-]{1,128}$/.test(id))
    throw new IngestError('REQUEST_INVALID', `${batchHeaders.id}: 1 to 128 of A-Z a-z 0-9 _ . : -`);
  if (typeof lines !== 'string' || !/^\d{1,9}$/.test(lines))
    throw new IngestError('REQUEST_INVALID', `${batchHeaders.lines}: a number`);
  if (Number(lines) > batchLimits.lines)
    throw new IngestError('BODY_TOO_LARGE', `more than ${batchLimits.lines} lines`);
  return { id, lines: Number(lines), encoding: encodingOf(request) };
}

interface Batch {
  readonly caller: Caller;
  readonly head: BatchHead;
  readonly body: Buffer;
}

async function takeBatch(options: SendBatchOptions, batch: Batch): Promise<BatchReceipt> {
  const { caller, head, body } = batch;
  const ndjson = await takeInflated(body, head.encoding, batchLimits.inflatedBytes);
  const checked = await checkLines(ndjson.toString('utf8'), {
    allowedKinds: allowedKinds(caller),
    maxLines: batchLimits.lines,
  });
  if (checked === undefined) throw new IngestError('BODY_TOO_LARGE', `more than ${batchLimits.lines} lines`);
  if (checked.total !== head.lines)
    throw new IngestError('BATCH_CUT', `${checked.total} lines came, ${head.lines} were announced`);
  const isNew = appendEvents(options.eventLog, {
    id: `${caller.id}/${head.id}`,
    lines: checked.accepted,
    kinds: checked.kinds,
    origin: originOf(caller),
    ...payloadOf(checked, batch),
  });
  if (isNew) await count(options.contacts, caller, checked);
  return {
    batch: head.id,
    accepted: checked.accepted,
    duplicate: !isNew,
    rejected: checked.rejected,
    rejectedTotal: checked.rejectedTotal,
    rejectedBy: checked.rejectedBy,
  };
}

function payloadOf(
  checked: CheckedLines,
  { head, body }: Batch,
): { encoding: BodyEncoding; payload: Uint8Array } {
  if (checked.rest === undefined) return { encoding: head.encoding, payload: body };
  return { encoding: 'identity', payload: Buffer.from(checked.rest) };
}

const originOf = ({ role, name, cluster }: Caller): Origin =>
  role === 'node'
    ? { node: name, ...(cluster === undefined ? {} : { cluster }) }
    : { cluster: cluster ?? name };

/** What was refused is written at once: a hub that is killed would forget it. */
async function count(contacts: ContactBook, caller: Caller, checked: CheckedLines): Promise<void> {
  contacts.agentSent(caller.id, checked.kinds);
  for (const [reason, lines] of Object.entries(checked.rejectedBy))
    contacts.lost(`agent:${caller.id}`, { kind: 'unknown', reason, count: lines });
  if (checked.rejectedTotal > 0) await contacts.flush();
}
