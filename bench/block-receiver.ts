// The publisher's end of the socket: acknowledges every block at once, and shows the reports that are in them.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { CollectorReport } from '@yagura/contracts';
import { createLineHolder, formatAck } from '@yagura/kit';

export interface BlockReceiver extends AsyncDisposable {
  /** The next report that comes. */
  report(): Promise<CollectorReport>;
}

const maxLineBytes = 1024 * 1024;

export async function receiveBlocks(socketPath: string): Promise<BlockReceiver> {
  let waiting: ((report: CollectorReport) => void)[] = [];
  const server = createServer((socket) =>
    readBlocks(socket, (report) => {
      for (const one of waiting.splice(0)) one(report);
    }),
  );
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    report: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      waiting = [];
      server.close();
    },
  };
}

function readBlocks(socket: Socket, onReport: (report: CollectorReport) => void): void {
  const held = createLineHolder(maxLineBytes);
  let [block, left] = [0, 0];
  const take = (text: string): void => {
    if (left === 0) {
      const header = JSON.parse(text) as { readonly block: number; readonly lines: number };
      [block, left] = [header.block, header.lines];
      return;
    }
    left -= 1;
    if (text.startsWith('{"kind":"collector.reported"')) onReport(JSON.parse(text));
    if (left === 0) socket.write(formatAck(block));
  };
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    for (const line of held.lines(chunk)) if (line.ok) take(line.text);
  });
}
