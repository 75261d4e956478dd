// Sends events and reports to the publisher on this node.
import { createBlockSender, type Logger } from '@yagura/kit';
import type { LossLedger } from '../losses.ts';
import type { Output } from './output.ts';

export interface PublisherLinkOptions {
  readonly socketPath: string;
  readonly limitBytes: number;
  readonly losses: LossLedger;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

export const reportKind = 'collector.reported';

export function createPublisherLink({ socketPath, limitBytes, losses, log }: PublisherLinkOptions): Output {
  const sender = createBlockSender({
    socketPath,
    limitBytes,
    log,
    onLoss: (kind, count) => {
      // The next report says the same with newer numbers.
      if (kind !== reportKind) losses.add({ stage: 'socket', kind }, count);
    },
  });
  return {
    send: (line, kind) => sender.send(line, kind),
    sendReport: (line) => sender.send(line, reportKind),
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}
