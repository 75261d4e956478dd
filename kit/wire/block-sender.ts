// The sender's end of the socket to the publisher: lines go in, blocks go out, and are kept until they are acknowledged.
import { randomUUID } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import type { Logger } from '../log/logger.ts';
import { createLineHolder } from '../ndjson/split-lines.ts';
import { backoffMs } from '../retry/retry.ts';
import { parseAck, wireLimits } from './frame.ts';
import { PendingBlocks } from './pending-blocks.ts';

export interface BlockSenderOptions {
  readonly socketPath: string;
  /** Of all lines that are not acknowledged. */
  readonly limitBytes: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly onLoss: (kind: string, count: number) => void;
  /** How long a line waits for others to come with it. */
  readonly lingerMs?: number;
  /** How long an orderly end waits for acknowledgements. */
  readonly closeMs?: number;
}

export interface BlockSender {
  /** `line` is one JSON object without line feeds. Never throws and never waits. */
  send(line: string, kind: string): void;
  /** Resolves when all that was sent before is acknowledged (or dropped and counted). */
  flush(): Promise<void>;
  readonly pendingBytes: number;
  readonly isConnected: boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

const blocksUnderWay = 4;
const reconnect = { minMs: 50, maxMs: 2000 };
const ackLineBytes = 256;

/** A character is at most three bytes long, so that most lines need no counting. */
const isTooLong = (line: string): boolean =>
  line.length * 3 > wireLimits.lineBytes && Buffer.byteLength(line) > wireLimits.lineBytes;

export const createBlockSender = (options: BlockSenderOptions): BlockSender => new SocketBlockSender(options);

class SocketBlockSender implements BlockSender {
  readonly #options: BlockSenderOptions;
  readonly #pending: PendingBlocks;
  #socket: Socket | undefined;
  #isConnected = false;
  #isClosed = false;
  #failures = 0;
  #lingerTimer: NodeJS.Timeout | undefined;
  #reconnectTimer: NodeJS.Timeout | undefined;
  #waiters: { readonly number: number; readonly done: () => void }[] = [];

  constructor(options: BlockSenderOptions) {
    this.#options = options;
    this.#pending = new PendingBlocks(randomUUID(), {
      limitBytes: options.limitBytes,
      blockBytes: Math.min(256 * 1024, options.limitBytes / 4),
      blockLines: 2000,
      onLoss: options.onLoss,
    });
    this.#connect();
  }

  get pendingBytes(): number {
    return this.#pending.bytes;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  send(line: string, kind: string): void {
    if (this.#isClosed || line.includes('\n') || isTooLong(line)) {
      this.#options.onLoss(kind, 1);
      return;
    }
    const isFull = this.#pending.add(line, kind);
    if (isFull) this.#write();
    else this.#lingerTimer ??= setTimeout(() => this.#closeBlock(), this.#options.lingerMs ?? 30);
  }

  async flush(): Promise<void> {
    this.#closeBlock();
    const number = this.#pending.lastNumber;
    if (this.#pending.oldestNumber === undefined) return;
    await new Promise<void>((done) => this.#waiters.push({ number, done }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    const flushed = this.flush();
    this.#isClosed = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#options.closeMs ?? 1000);
    });
    await Promise.race([flushed, late]);
    for (const one of [timer, this.#lingerTimer, this.#reconnectTimer]) clearTimeout(one);
    this.#pending.dropAll();
    this.#settle();
    this.#socket?.destroy();
  }

  #closeBlock(): void {
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = undefined;
    this.#pending.close();
    this.#write();
  }

  #write(): void {
    if (!this.#isConnected || !this.#socket) return;
    for (const block of this.#pending.toSend(blocksUnderWay)) {
      block.isSent = true;
      this.#socket.write(block.bytes);
    }
  }

  #connect(): void {
    const socket = createConnection(this.#options.socketPath);
    this.#socket = socket;
    socket.once('connect', () => this.#onConnect());
    // 'close' follows and does the work; without a listener the error would end the process.
    socket.on('error', (error) => this.#onError(error));
    socket.once('close', () => this.#onClose());
    const held = createLineHolder(ackLineBytes);
    socket.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        held.add(chunk.subarray(start, end));
        const line = held.take();
        this.#onAck(line?.ok ? parseAck(line.text) : undefined);
        start = end + 1;
      }
      held.add(chunk.subarray(start));
    });
  }

  #onConnect(): void {
    this.#isConnected = true;
    this.#failures = 0;
    this.#options.log.info({ socketPath: this.#options.socketPath }, 'connected to the publisher');
    this.#write();
  }

  #onError(error: NodeJS.ErrnoException): void {
    // Only the first of a row, so that a publisher that is away does not fill the log.
    if (this.#failures === 0)
      this.#options.log.warn(
        { socketPath: this.#options.socketPath, code: error.code },
        'publisher not reachable',
      );
  }

  #onAck(number: number | undefined): void {
    if (number === undefined) {
      this.#socket?.destroy(new Error('the answer is no acknowledgement'));
      return;
    }
    this.#pending.acknowledge(number);
    this.#settle();
    this.#write();
  }

  #onClose(): void {
    this.#isConnected = false;
    this.#pending.unsend();
    if (this.#isClosed && this.#pending.bytes === 0) return;
    this.#failures += 1;
    this.#reconnectTimer = setTimeout(() => this.#connect(), backoffMs(this.#failures, reconnect));
  }

  #settle(): void {
    const oldest = this.#pending.oldestNumber ?? Number.POSITIVE_INFINITY;
    const done = this.#waiters.filter((one) => one.number < oldest);
    this.#waiters = this.#waiters.filter((one) => one.number >= oldest);
    for (const one of done) one.done();
  }
}
