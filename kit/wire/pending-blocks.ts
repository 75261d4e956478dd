// What a sender still has to get acknowledged: bounded, the oldest dropped first and counted.
import { formatBlock } from './frame.ts';

export interface PendingBlock {
  readonly number: number;
  readonly bytes: Buffer;
  readonly kinds: ReadonlyMap<string, number>;
  isSent: boolean;
}

export interface PendingLimits {
  readonly limitBytes: number;
  /** A block is closed when it has this many bytes or lines. */
  readonly blockBytes: number;
  readonly blockLines: number;
  readonly onLoss: (kind: string, count: number) => void;
}

export class PendingBlocks {
  readonly #limits: PendingLimits;
  readonly #from: string;
  #closed: PendingBlock[] = [];
  #open: string[] = [];
  #openKinds = new Map<string, number>();
  #openBytes = 0;
  #closedBytes = 0;
  #last = 0;

  constructor(from: string, limits: PendingLimits) {
    this.#from = from;
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#openBytes + this.#closedBytes;
  }

  get lastNumber(): number {
    return this.#last;
  }

  get hasOpen(): boolean {
    return this.#open.length > 0;
  }

  get oldestNumber(): number | undefined {
    return this.#closed[0]?.number;
  }

  /** True if the block that it went into is now full and closed. */
  add(line: string, kind: string): boolean {
    const sizeBytes = Buffer.byteLength(line) + 1;
    if (!this.#makeRoom(sizeBytes)) {
      this.#limits.onLoss(kind, 1);
      return false;
    }
    this.#open.push(line);
    this.#openKinds.set(kind, (this.#openKinds.get(kind) ?? 0) + 1);
    this.#openBytes += sizeBytes;
    const isFull = this.#openBytes >= this.#limits.blockBytes || this.#open.length >= this.#limits.blockLines;
    if (isFull) this.close();
    return isFull;
  }

  /** Ends the block that lines go into now. */
  close(): void {
    if (!this.hasOpen) return;
    this.#last += 1;
    const header = { block: this.#last, lines: this.#open.length, from: this.#from };
    const bytes = formatBlock(header, this.#open);
    this.#closed.push({ number: this.#last, bytes, kinds: this.#openKinds, isSent: false });
    this.#closedBytes += bytes.length;
    this.#open = [];
    this.#openKinds = new Map();
    this.#openBytes = 0;
  }

  /** The oldest blocks that are not sent, as long as no more than `window` are under way. */
  toSend(window: number): readonly PendingBlock[] {
    return this.#closed.slice(0, window).filter((block) => !block.isSent);
  }

  acknowledge(number: number): void {
    while (this.#closed[0] && this.#closed[0].number <= number) {
      this.#closedBytes -= this.#closed[0].bytes.length;
      this.#closed.shift();
    }
  }

  /** After a lost connection: all has to go again. */
  unsend(): void {
    for (const block of this.#closed) block.isSent = false;
  }

  dropAll(): void {
    this.close();
    while (this.#closed.length > 0) this.#drop(0);
  }

  /** What is under way may have arrived already; the oldest of the rest goes first. */
  #makeRoom(neededBytes: number): boolean {
    while (this.bytes + neededBytes > this.#limits.limitBytes) {
      const at = this.#closed.findIndex((block) => !block.isSent);
      if (at === -1) return false;
      this.#drop(at);
    }
    return true;
  }

  #drop(at: number): void {
    const [block] = this.#closed.splice(at, 1);
    if (!block) return;
    this.#closedBytes -= block.bytes.length;
    for (const [kind, count] of block.kinds) this.#limits.onLoss(kind, count);
  }
}
