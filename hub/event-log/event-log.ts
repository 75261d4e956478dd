// The durable log between ingest and detection: what is in it is neither lost nor kept longer than its analysis takes.
import type { AppendResult, Block, Queue, QueueStats } from '@yagura/kit';
import { type BlockBody, encodeBody } from './block-body.ts';

export interface NewEvents extends BlockBody {
  /** Idempotency key. */
  readonly id: string;
  readonly lines: number;
  readonly kinds: Readonly<Record<string, number>>;
}

export interface EventLog {
  /** Durable when it returns. `full`: nothing was taken, the sender must come again. Throws when the disk fails. */
  append(events: NewEvents): AppendResult;
  read(range: {
    readonly after?: number;
    readonly maxBlocks: number;
    readonly maxBytes: number;
  }): readonly Block[];
  remove(uptoSeq: number): void;
  stats(): QueueStats;
  /** Called right after each append that stored something; returns what ends it. */
  onAppend(listener: () => void): () => void;
}

/** `queue` must be opened with `overflow: 'refuse'`: the log never drops what it has acknowledged. */
export function createEventLog(queue: Queue): EventLog {
  const listeners = new Set<() => void>();
  return {
    append({ id, lines, kinds, ...body }) {
      const result = queue.append({ id, lines, kinds, body: encodeBody(body) });
      if (result.status === 'stored') for (const listener of listeners) listener();
      return result;
    },
    read: (range) => queue.peek(range),
    remove: (uptoSeq) => queue.remove(uptoSeq),
    stats: () => queue.stats(),
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
