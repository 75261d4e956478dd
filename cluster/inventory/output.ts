// Where records go: to the publisher on this node, no faster than it takes them.
import type { InventoryRecord } from '@yagura/contracts';
import { createBlockSender, type Logger } from '@yagura/kit/lean';

export interface Output extends AsyncDisposable {
  /** Resolves when there is room for the next. */
  send(record: InventoryRecord): Promise<void>;
  sendReport(line: string): void;
  /** Resolves when all that was sent before is durable at the publisher. */
  flush(): Promise<void>;
  readonly recordsTotal: number;
  readonly lost: ReadonlyMap<string, number>;
}

export interface OutputOptions {
  readonly socketPath: string;
  readonly limitBytes: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

const reportKind = 'collector.reported';

export function createOutput({ socketPath, limitBytes, log }: OutputOptions): Output {
  const lost = new Map<string, number>();
  const sender = createBlockSender({
    socketPath,
    limitBytes,
    log,
    onLoss: (kind, count) => {
      // The next report says the same with newer numbers.
      if (kind !== reportKind) lost.set(kind, (lost.get(kind) ?? 0) + count);
    },
  });
  let recordsTotal = 0;
  return {
    async send(record) {
      // At half of the limit: others that wait here go on together, each with one record.
      while (sender.pendingBytes > limitBytes / 2) await sender.flush();
      sender.send(JSON.stringify(record), record.kind);
      recordsTotal += 1;
    },
    sendReport: (line) => sender.send(line, reportKind),
    flush: () => sender.flush(),
    get recordsTotal() {
      return recordsTotal;
    },
    lost,
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}
