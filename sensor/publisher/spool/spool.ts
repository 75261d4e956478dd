// Events on their way to the hub, on disk and bounded; what is dropped is counted over restarts.
import { join } from 'node:path';
import type { Heartbeat, LossCounter } from '@yagura/contracts';
import { type Block, type Clock, type Logger, openQueue, type Queue, rfc3339FromMs } from '@yagura/kit';
import { countKinds } from './line-kind.ts';
import { packLines } from './packed-lines.ts';

export interface SpoolOptions {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
}

export class Spool {
  readonly #queue: Queue;
  #eventsTotal = 0;
  #wake = Promise.withResolvers<void>();

  constructor({ folder, limitBytes, clock, log }: SpoolOptions) {
    this.#queue = openQueue({
      path: join(folder, 'spool.db'),
      limitBytes,
      overflow: 'drop-oldest',
      clock,
      onCorrupt: (movedTo) => log.error({ movedTo }, 'the spool was unreadable and was moved aside'),
    });
  }

  /** Events taken since this process started. */
  get eventsTotal(): number {
    return this.#eventsTotal;
  }

  /** Names this spool file in batch ids: a new file begins its numbers anew. */
  get generation(): string {
    return this.#queue.stats().droppedSince.toString(36);
  }

  get bytes(): number {
    return this.#queue.stats().bytes;
  }

  /** On disk when it returns. A block with an id that was stored before is not stored again. */
  store(lines: readonly string[], id: string | undefined): void {
    const block = { lines: lines.length, kinds: countKinds(lines), body: packLines(lines) };
    const { status } = this.#queue.append(id === undefined ? block : { ...block, id });
    if (status === 'duplicate') return;
    this.#eventsTotal += lines.length;
    this.#wake.resolve();
  }

  /** Resolves when there is something to send. */
  async ready(signal: AbortSignal): Promise<void> {
    while (this.#queue.stats().blocks === 0) {
      signal.throwIfAborted();
      this.#wake = Promise.withResolvers();
      const stop = (): void => this.#wake.resolve();
      signal.addEventListener('abort', stop, { once: true });
      await this.#wake.promise;
      signal.removeEventListener('abort', stop);
    }
  }

  oldest(maxBlocks: number, maxBytes: number): readonly Block[] {
    return this.#queue.peek({ maxBlocks, maxBytes });
  }

  remove(uptoSeq: number): void {
    this.#queue.remove(uptoSeq);
  }

  losses(): readonly LossCounter[] {
    const { dropped, droppedSince, corruptions } = this.#queue.stats();
    const base = { stage: 'spool', since: rfc3339FromMs(droppedSince) };
    const full = Object.entries(dropped).map(([kind, count]) => ({
      ...base,
      kind,
      reason: 'spool full',
      count,
    }));
    // How many events were in the file cannot be known; that there was one can.
    const moved = {
      ...base,
      kind: 'unknown',
      reason: 'unreadable spool moved aside (files)',
      count: corruptions,
    };
    return corruptions === 0 ? full : [...full, moved];
  }

  report(): NonNullable<Heartbeat['spool']> {
    const { bytes, limitBytes, lines, oldestAt } = this.#queue.stats();
    return {
      bytes,
      limitBytes,
      events: lines,
      ...(oldestAt === undefined ? {} : { oldestAt: rfc3339FromMs(oldestAt) }),
    };
  }

  [Symbol.dispose](): void {
    this.#queue[Symbol.dispose]();
  }
}
