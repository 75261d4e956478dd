// Brings the spool to the hub: oldest first, one batch at a time, each until it is durable there or hopeless.
import { callHub, describe, type Health, type HubConnection, type IdentityKeeper } from '@yagura/agent';
import type { BatchReceipt } from '@yagura/contracts';
import { backoffMs, type Clock, type Logger, shortHash, sleep } from '@yagura/kit';
import type { LossLedger } from '../loss-ledger.ts';
import type { Spool } from '../spool/spool.ts';
import { type Batch, batchTarget, chooseBlocks, encodeBatch, halve, toBatch } from './batch.ts';
import { judge, refusedTries, type Verdict } from './verdict.ts';

export interface ShipperOptions {
  readonly spool: Spool;
  readonly keeper: Pick<IdentityKeeper, 'connection' | 'distrust'>;
  readonly nodeName: string;
  readonly losses: LossLedger;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly lingerMs: number;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

const defaultBackoff = { minMs: 200, maxMs: 30_000 };
const timeoutMs = 30_000;
/** Beyond this waiting for more would only cost time. */
const enoughBytes = 256 * 1024;

/** Runs until the signal fires. Blocks leave the spool only when they are delivered or counted as lost. */
export async function runShipper(options: ShipperOptions, signal: AbortSignal): Promise<void> {
  const { spool, lingerMs } = options;
  while (!signal.aborted) {
    try {
      await spool.ready(signal);
      if (spool.bytes < enoughBytes) await sleep(lingerMs, signal);
      await shipOldest(options, signal);
    } catch (error) {
      if (signal.aborted) return;
      options.health.set('spool', describe(error));
      await sleep(1000, signal).catch(() => {});
    }
  }
}

async function shipOldest(options: ShipperOptions, signal: AbortSignal): Promise<void> {
  const { spool, nodeName } = options;
  const blocks = chooseBlocks(spool.oldest(batchTarget.blocks, batchTarget.packedBytes));
  const last = blocks.at(-1);
  if (!last) return;
  const prefix = `${shortHash(nodeName).slice(0, 8)}.${spool.generation}`;
  await deliver({ ...options, prefix }, { batch: toBatch(prefix, blocks), isPart: false }, signal);
  spool.remove(last.seq);
}

interface Delivery {
  readonly batch: Batch;
  /** One of the halves of a batch that was refused whole. */
  readonly isPart: boolean;
}

type Context = ShipperOptions & { readonly prefix: string };

/** Returns when each line of it is durable at the hub or counted as lost. */
async function deliver(context: Context, { batch, isPart }: Delivery, signal: AbortSignal): Promise<void> {
  const encoded = encodeOrDrop(context, batch);
  if (!encoded) return;
  for (let tries = 1; ; tries++) {
    const verdict = await attempt(context, { ...encoded, tries }, signal);
    if (verdict.is === 'done') {
      context.health.set('shipping', undefined);
      tellRejected(context, verdict.receipt);
      return;
    }
    context.health.set('shipping', verdict.reason);
    // Parts get one chance: their whole was tried often enough.
    const isHopeless = verdict.is === 'refused' && (isPart || tries >= refusedTries);
    if (verdict.is === 'too-large' || isHopeless) return deliverHalves(context, { batch, verdict }, signal);
    const waitMs = backoffMs(tries, context.backoff ?? defaultBackoff);
    await sleep(verdict.is === 'later' ? Math.max(verdict.afterMs ?? 0, waitMs) : waitMs, signal);
  }
}

function encodeOrDrop(context: Context, batch: Batch): ReturnType<typeof encodeBatch> | undefined {
  try {
    return encodeBatch(batch);
  } catch (error) {
    drop(context, batch, `unreadable in the spool: ${(error as Error).message}`);
    return undefined;
  }
}

async function attempt(
  { keeper, clock }: Context,
  { headers, body, tries }: ReturnType<typeof encodeBatch> & { readonly tries: number },
  signal: AbortSignal,
): Promise<Verdict> {
  const connection: HubConnection = await keeper.connection(signal);
  try {
    const response = await callHub(connection, 'sendBatch', { headers, body, signal, timeoutMs });
    const verdict = judge(response, tries, clock.now());
    if (verdict.is === 'distrusted') keeper.distrust(connection, verdict.reason);
    return verdict;
  } catch (error) {
    signal.throwIfAborted();
    return { is: 'later', reason: describe(error) };
  }
}

async function deliverHalves(
  context: Context,
  { batch, verdict }: { readonly batch: Batch; readonly verdict: Verdict & { readonly reason: string } },
  signal: AbortSignal,
): Promise<void> {
  // A refused block is not cut by lines: the hub takes good lines and refuses bad ones by itself, so that what it
  // refuses whole is the body, and thousands of requests for thousands of lines would find nothing better.
  const mayHalve = verdict.is === 'too-large' || batch.blocks.length > 1;
  const halves = mayHalve ? halve(context.prefix, batch) : undefined;
  if (!halves) {
    drop(context, batch, verdict.reason);
    context.health.set('shipping', undefined);
    return;
  }
  for (const half of halves)
    await deliver(context, { batch: half, isPart: verdict.is === 'refused' }, signal);
}

function drop({ losses, log }: Context, batch: Batch, reason: string): void {
  log.error(
    { batch: batch.id, lines: batch.lines, reason },
    'a batch is dropped and counted: the hub refuses it for good',
  );
  for (const { kinds } of batch.blocks)
    for (const [kind, count] of Object.entries(kinds))
      losses.add({ stage: 'ingest', kind, reason: 'batch refused', count });
}

/** Only told: the hub, which knows more about them, counts the lines that it rejects. */
function tellRejected({ log }: Context, receipt: BatchReceipt | undefined): void {
  if (!receipt || receipt.rejectedTotal === 0) return;
  const [first] = receipt.rejected;
  log.warn(
    { batch: receipt.batch, rejected: receipt.rejectedTotal, first },
    'the hub rejected lines of a batch',
  );
}
