// The publisher's end of the socket: takes blocks, has them stored, and then acknowledges them.
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { formatAck, type Logger, wireLimits } from '@yagura/kit';
import { readBlocks } from './block-reader.ts';
import { freeSocketPath } from './socket-path.ts';

export interface BlockOrigin {
  /** The same for the same block sent again; `undefined` if the sender does not name itself. */
  readonly id: string | undefined;
}

export interface AcceptBlocksOptions {
  readonly socketPath: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Returns when the lines are durable. If it throws, nothing is acknowledged and the sender comes again. */
  readonly onBlock: (lines: string[], origin: BlockOrigin) => Promise<void> | void;
  /** Lines that were over the limit, or a sender that did not keep to the protocol. */
  readonly onRefused?: (reason: 'line too long' | 'not a block', count: number) => void;
  /** Permissions of the socket; 0o600, so that only the same user and root may send events. */
  readonly mode?: number;
}

export interface BlockServer {
  readonly connections: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws SOCKET_TAKEN. A stale socket file is removed first. */
export async function acceptBlocks(options: AcceptBlocksOptions): Promise<BlockServer> {
  await freeSocketPath(options.socketPath);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void serve(socket, options);
  });
  server.maxConnections = wireLimits.connections;
  await listen(server, options.socketPath);
  chmodSync(options.socketPath, options.mode ?? 0o600);
  return {
    get connections() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function serve(socket: Socket, options: AcceptBlocksOptions): Promise<void> {
  // The reading loop sees the end; without a listener an error on writing would end the process.
  socket.on('error', () => {});
  try {
    for await (const block of readBlocks(socket)) {
      if (!block.ok) {
        options.log.warn({ reason: block.reason }, 'a sender does not keep to the protocol');
        options.onRefused?.('not a block', 1);
        break;
      }
      const { header, lines, tooLong } = block;
      const id = header.from === undefined ? undefined : `${header.from}:${header.block}`;
      if (lines.length > 0) await options.onBlock(lines, { id });
      if (tooLong > 0) options.onRefused?.('line too long', tooLong);
      if (!socket.write(formatAck(header.block))) await drained(socket);
    }
  } catch (error) {
    // A connection that breaks off is the everyday end of a collector; anything else is the store's.
    if (!isBrokenOff(error))
      options.log.error({ err: error }, 'a block could not be stored; its sender keeps it');
  } finally {
    socket.destroy();
  }
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('drain', resolve).once('close', () => resolve());
  });

const isBrokenOff = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
