// How far detection is in the event log: what is analysed and recorded, and of that, what the log still holds.
import type { Block } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';

export interface Progress {
  /** Of the last block that is analysed and recorded. */
  readonly seq: () => number;
  /** Bytes of blocks that are analysed, and still there until the memory of rules is saved. */
  readonly heldBytes: () => number;
  readonly isHolding: () => boolean;
  readonly advance: (blocks: readonly Block[]) => void;
  /** Removes everything that is analysed. */
  readonly release: () => void;
  readonly pendingEvents: () => number;
  /** When the oldest block that is not analysed was appended, milliseconds since the epoch. */
  readonly oldestPendingAt: () => number | undefined;
}

export function createProgress(eventLog: Pick<EventLog, 'read' | 'remove' | 'stats'>): Progress {
  let [seq, heldBytes, heldLines, heldBlocks] = [0, 0, 0, 0];
  return {
    seq: () => seq,
    heldBytes: () => heldBytes,
    isHolding: () => heldBlocks > 0,
    advance(blocks) {
      for (const block of blocks) {
        seq = block.seq;
        heldBytes += block.body.byteLength;
        heldLines += block.lines;
        heldBlocks += 1;
      }
    },
    release() {
      eventLog.remove(seq);
      [heldBytes, heldLines, heldBlocks] = [0, 0, 0];
    },
    pendingEvents: () => Math.max(0, eventLog.stats().lines - heldLines),
    oldestPendingAt() {
      const { blocks, oldestAt } = eventLog.stats();
      if (heldBlocks === 0) return oldestAt;
      return blocks <= heldBlocks
        ? undefined
        : eventLog.read({ after: seq, maxBlocks: 1, maxBytes: 0 })[0]?.at;
    },
  };
}
