// A durable bounded queue in one file: appended means on disk, full means the oldest is dropped and counted.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Clock, systemClock } from '../clock/clock.ts';
import { type AppendResult, type Block, blockBytes, type NewBlock, type QueueStats } from './block.ts';
import { isCorrupt, moveAside, openDatabase, toQueueError } from './database.ts';
import { numberOf, parseKinds, prepareStatements, type Row, type Statements } from './statements.ts';

export interface QueueOptions {
  readonly path: string;
  /** Of all blocks together; the file is larger by some pages, by the ids it remembers, and by its log of up to 4 MiB. */
  readonly limitBytes: number;
  readonly overflow: 'drop-oldest' | 'refuse';
  readonly clock?: Clock;
  /** Told when an unreadable file was moved aside. */
  readonly onCorrupt?: (movedTo: string) => void;
}

export interface PeekOptions {
  /** Blocks after this seq only. */
  readonly after?: number;
  readonly maxBlocks: number;
  /** The first block comes whatever its size. */
  readonly maxBytes: number;
}

const rememberedBlocks = 100_000;
const keepFreePages = 2048;
const vacuumPages = 2048;

/** Throws KitError: `QUEUE_IN_USE`, `QUEUE_NEWER`, `QUEUE_UNWRITABLE`. An unreadable file is moved aside. */
export const openQueue = (options: QueueOptions): Queue => new Queue(options);

export class Queue {
  readonly #options: QueueOptions;
  readonly #clock: Clock;
  #db!: DatabaseSync;
  #sql!: Statements;
  #bytes = 0;
  #blocks = 0;
  #lines = 0;
  #last = 0;
  #oldestAt: number | undefined;
  #since = 0;
  #corruptions = 0;
  #dropped = new Map<string, number>();

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    try {
      mkdirSync(dirname(options.path), { recursive: true });
      this.#open(0);
    } catch (error) {
      if (!isCorrupt(error)) throw toQueueError(error, options.path);
      this.#startAnew();
    }
  }

  /** On disk when it returns. */
  append(block: NewBlock): AppendResult {
    return this.#guard(() => this.#append(block));
  }

  /** The oldest blocks, in order, without removing them. */
  peek(options: PeekOptions): readonly Block[] {
    return this.#guard(() => this.#peek(options));
  }

  /** Removes all blocks up to and including `seq`. */
  remove(seq: number): void {
    this.#guard(() => {
      this.#removeLazily(seq);
      this.#shrink();
    });
  }

  stats(): QueueStats {
    return {
      bytes: this.#bytes,
      limitBytes: this.#options.limitBytes,
      blocks: this.#blocks,
      lines: this.#lines,
      ...(this.#oldestAt === undefined ? {} : { oldestAt: this.#oldestAt }),
      dropped: Object.fromEntries(this.#dropped),
      droppedSince: this.#since,
      corruptions: this.#corruptions,
    };
  }

  [Symbol.dispose](): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #append(block: NewBlock): AppendResult {
    const { limitBytes, overflow } = this.#options;
    const sizeBytes = blockBytes(block.body);
    if (block.id !== undefined && this.#sql.seen.get(block.id)) return { status: 'duplicate', dropped: {} };
    const isFull = this.#bytes + sizeBytes > limitBytes;
    if (isFull && overflow === 'refuse') return { status: 'full', dropped: {} };
    if (sizeBytes > limitBytes) {
      this.#transaction(() => this.#countDropped(block.kinds));
      return { status: 'full', dropped: block.kinds };
    }
    const seq = this.#last + 1;
    const dropped = this.#transaction(() => {
      const made = this.#makeRoom(sizeBytes);
      this.#insert(seq, block, sizeBytes);
      return made;
    });
    return { status: 'stored', seq, dropped };
  }

  #insert(seq: number, block: NewBlock, sizeBytes: number): void {
    const at = this.#clock.now();
    const sql = this.#sql;
    sql.addBlock.run(seq, block.id ?? null, block.lines, JSON.stringify(block.kinds), sizeBytes, at);
    sql.addBody.run(seq, block.body);
    if (block.id !== undefined) {
      sql.remember.run(seq, block.id);
      sql.forget.run(seq - rememberedBlocks);
    }
    this.#last = seq;
    this.#blocks += 1;
    this.#lines += block.lines;
    this.#bytes += sizeBytes;
    this.#oldestAt ??= at;
  }

  #makeRoom(neededBytes: number): Record<string, number> {
    const dropped = new Map<string, number>();
    while (this.#bytes + neededBytes > this.#options.limitBytes) {
      const oldest = this.#sql.oldest.get();
      if (!oldest) break;
      const kinds = parseKinds(oldest['kinds']);
      for (const [kind, count] of Object.entries(kinds)) dropped.set(kind, (dropped.get(kind) ?? 0) + count);
      this.#delete(numberOf(oldest, 'seq'));
    }
    const record = Object.fromEntries(dropped);
    this.#countDropped(record);
    return record;
  }

  #countDropped(kinds: Readonly<Record<string, number>>): void {
    for (const [kind, count] of Object.entries(kinds)) {
      this.#sql.countDropped.run(kind, count);
      this.#dropped.set(kind, (this.#dropped.get(kind) ?? 0) + count);
    }
  }

  #delete(uptoSeq: number): void {
    // Never past what was given out: a seq that a caller makes up must not swallow blocks to come.
    const seq = Math.min(uptoSeq, this.#last);
    const gone = this.#sql.upto.get(seq);
    if (numberOf(gone, 'blocks') === 0) return;
    this.#sql.deleteBlocks.run(seq);
    this.#sql.deleteBodies.run(seq);
    this.#sql.markRemoved.run(seq);
    this.#blocks -= numberOf(gone, 'blocks');
    this.#lines -= numberOf(gone, 'lines');
    this.#bytes -= numberOf(gone, 'bytes');
    const oldest = this.#blocks > 0 ? this.#sql.oldest.get() : undefined;
    this.#oldestAt = oldest ? numberOf(oldest, 'at') : undefined;
  }

  /**
   * Without waiting for the disk: the next append does. After a power cut a block may be there again that was removed
   * just before, which whoever removes it after delivery has to bear anyway.
   */
  #removeLazily(uptoSeq: number): void {
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#transaction(() => this.#delete(uptoSeq));
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL');
    }
  }

  #peek({ after = 0, maxBlocks, maxBytes }: PeekOptions): readonly Block[] {
    const blocks: Block[] = [];
    let bytes = 0;
    for (const head of this.#sql.heads.all(after, maxBlocks)) {
      bytes += numberOf(head, 'bytes');
      if (blocks.length > 0 && bytes > maxBytes) break;
      blocks.push(this.#toBlock(head));
    }
    return blocks;
  }

  #toBlock(head: Row): Block {
    const seq = numberOf(head, 'seq');
    const body = this.#sql.body.get(seq)?.['body'];
    return {
      seq,
      id: head['id'] === null ? undefined : String(head['id']),
      lines: numberOf(head, 'lines'),
      kinds: parseKinds(head['kinds']),
      body: body instanceof Uint8Array ? body : new Uint8Array(),
      at: numberOf(head, 'at'),
    };
  }

  /** All or nothing, on disk and in the sums. */
  #transaction<T>(work: () => T): T {
    this.#sql.begin.run();
    try {
      const result = work();
      this.#sql.commit.run();
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#sql.rollback.run();
      this.#readSums();
      throw error;
    }
  }

  /** Gives pages back a few at a time: enough that the file follows the backlog, not so many that a drain stalls. */
  #shrink(): void {
    if (numberOf(this.#sql.freePages.get(), 'freelist_count') > keepFreePages)
      this.#db.exec(`PRAGMA incremental_vacuum(${vacuumPages})`);
  }

  /** A file that turns out unreadable in the middle is moved aside, once, and the work begins anew on an empty one. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isCorrupt(error)) throw toQueueError(error, this.#options.path);
      this.#startAnew();
      return work();
    }
  }

  #startAnew(): void {
    const { path, onCorrupt } = this.#options;
    if (this.#db?.isOpen) this.#db.close();
    const movedTo = moveAside(path, this.#clock.now());
    try {
      this.#open(this.#corruptions + 1);
    } catch (error) {
      throw toQueueError(error, path);
    }
    onCorrupt?.(movedTo);
  }

  #open(corruptions: number): void {
    const since = this.#clock.now();
    // What an unreadable file gave out is not known; microseconds since the epoch are past it, and a reader's
    // checkpoint stays behind all that comes.
    const removed = corruptions === 0 ? 0 : since * 1000;
    this.#db = openDatabase(this.#options.path, { since, corruptions, removed });
    this.#sql = prepareStatements(this.#db);
    this.#readSums();
  }

  #readSums(): void {
    const totals = this.#sql.totals.get();
    const state = this.#sql.state.get();
    const oldest = this.#sql.oldest.get();
    this.#blocks = numberOf(totals, 'blocks');
    this.#lines = numberOf(totals, 'lines');
    this.#bytes = numberOf(totals, 'bytes');
    this.#last = Math.max(numberOf(totals, 'last'), numberOf(state, 'removed'));
    this.#since = numberOf(state, 'since');
    this.#corruptions = numberOf(state, 'corruptions');
    this.#oldestAt = oldest ? numberOf(oldest, 'at') : undefined;
    this.#dropped = new Map(
      this.#sql.dropped.all().map((row) => [String(row['kind']), numberOf(row, 'count')]),
    );
  }
}
