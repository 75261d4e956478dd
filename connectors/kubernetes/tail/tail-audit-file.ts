// Follows an API server's audit log file over rotation, truncation and restarts, each line at least once.
import { type FileHandle, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../errors.ts';
import { type FilePosition, readCheckpoint, writeCheckpoint } from './file-position.ts';
import type { CarriedLines } from './line-carry.ts';
import { OpenLog } from './open-log.ts';
import { planReading } from './plan-reading.ts';
import { openFile } from './rotated-files.ts';

export interface TailAuditOptions {
  readonly path: string;
  readonly checkpointPath: string;
  readonly signal: AbortSignal;
  /** Where to begin when there is no checkpoint; the start of the file unless told. */
  readonly startAt?: 'start' | 'end';
  readonly pollMs?: number;
  readonly maxLineBytes?: number;
  readonly chunkBytes?: number;
}

export interface AuditTailBatch {
  /** Lines as they stand in the file, without blank ones. */
  readonly lines: string[];
  /** `gaps`: times that a file went away before it was seen to be read to its end. */
  readonly skipped: { readonly tooLong: number; readonly gaps: number };
  /** Remembers where this batch begins and ends, so that a restart before `commit` makes the same one again. */
  begin(): Promise<void>;
  /** Remembers durably that this batch and all before it are done; a restart goes on behind it. */
  commit(): Promise<void>;
}

/** How reading a live file ended: `drained` is true when nothing of it can be left unread. */
interface Ending {
  readonly position: FilePosition;
  readonly isDrained: boolean;
}

interface Reading {
  /** Where it began. */
  readonly from: FilePosition;
  readonly read: CarriedLines;
  readonly gaps: number;
}

const nothing: CarriedLines = { lines: [], tooLong: 0 };

class AuditTail {
  readonly #options: Required<TailAuditOptions>;
  /** Of the batch that the process before this one had begun and perhaps not remembered as done. */
  #begunUntil: number | undefined;

  constructor(options: TailAuditOptions) {
    this.#options = {
      startAt: 'start',
      pollMs: 250,
      maxLineBytes: 1024 * 1024,
      chunkBytes: 256 * 1024,
      ...options,
    };
  }

  async *batches(): AsyncGenerator<AuditTailBatch> {
    const { path, checkpointPath, signal } = this.#options;
    const checkpoint = await readCheckpoint(checkpointPath);
    this.#begunUntil = checkpoint?.batchEnd;
    let last: Ending | undefined = checkpoint && { position: checkpoint, isDrained: false };
    let isFirst = true;
    while (!signal.aborted) {
      const live = await this.#open(path);
      if (live === undefined) {
        // A log that appears later is new from its start.
        isFirst = false;
        await this.#pause();
        continue;
      }
      last = yield* this.#readOn(live, last, isFirst);
      isFirst = false;
    }
  }

  /** Finishes what was rotated away since `last`, then follows the live file until it is rotated itself. */
  async *#readOn(
    live: FileHandle,
    last: Ending | undefined,
    isFirst: boolean,
  ): AsyncGenerator<AuditTailBatch, Ending | undefined> {
    const log = await this.#locate(live, last, isFirst);
    await using opened = log.live;
    if (log.hasGap) yield this.#batch(opened, { from: opened.position(), read: nothing, gaps: 1 });
    for (const each of log.rotated) {
      if (this.#options.signal.aborted) return last;
      yield* this.#readRotated(each.path, each.offset);
    }
    return yield* this.#follow(opened);
  }

  async #locate(
    live: FileHandle,
    last: Ending | undefined,
    isFirst: boolean,
  ): Promise<{ live: OpenLog; rotated: readonly { path: string; offset: number }[]; hasGap: boolean }> {
    try {
      if (last === undefined) {
        const offset = isFirst && this.#options.startAt === 'end' ? (await live.stat()).size : 0;
        return { live: await OpenLog.at(live, offset, this.#options), rotated: [], hasGap: false };
      }
      const plan = await planReading(this.#options.path, live, last.position);
      if (plan.hasGap) this.#begunUntil = undefined;
      const opened = await OpenLog.at(live, plan.liveOffset, this.#options);
      return { live: opened, rotated: plan.rotated, hasGap: plan.hasGap && !last.isDrained };
    } catch (error) {
      await live.close();
      throw error;
    }
  }

  async *#readRotated(path: string, offset: number): AsyncGenerator<AuditTailBatch> {
    const file = await this.#open(path);
    if (file === undefined) return;
    await using log = await OpenLog.at(file, offset, this.#options);
    yield* this.#drain(log);
    yield* this.#finish(log);
  }

  async *#follow(log: OpenLog): AsyncGenerator<AuditTailBatch, Ending> {
    while (!this.#options.signal.aborted) {
      // Checked before each read: a file truncated and filled again beyond the old offset looks merely grown.
      if (await log.isTruncated()) return { position: log.position(), isDrained: false };
      yield* this.#drain(log);
      if (await this.#isReplaced(log)) {
        // Its writer may have added to it between the last read and the rename.
        yield* this.#drain(log);
        yield* this.#finish(log);
        return { position: log.position(), isDrained: true };
      }
      await this.#pause();
    }
    return { position: log.position(), isDrained: false };
  }

  async *#drain(log: OpenLog): AsyncGenerator<AuditTailBatch> {
    while (!this.#options.signal.aborted) {
      const from = log.position();
      const read = await this.#read(log);
      if (read === undefined) return;
      if (read.lines.length > 0 || read.tooLong > 0) yield this.#batch(log, { from, read, gaps: 0 });
    }
  }

  /** The first batch after a restart ends where the one did that was begun before it. */
  async #read(log: OpenLog): Promise<CarriedLines | undefined> {
    const end = this.#begunUntil;
    this.#begunUntil = undefined;
    if (end === undefined) return log.read();
    let all: CarriedLines | undefined;
    while (log.readOffset < end) {
      const read = await log.read(end);
      if (read === undefined) break;
      all = { lines: [...(all?.lines ?? []), ...read.lines], tooLong: (all?.tooLong ?? 0) + read.tooLong };
    }
    return all ?? log.read();
  }

  async *#finish(log: OpenLog): AsyncGenerator<AuditTailBatch> {
    if (this.#options.signal.aborted) return;
    const from = log.position();
    const read = log.finish();
    if (read.lines.length > 0 || read.tooLong > 0) yield this.#batch(log, { from, read, gaps: 0 });
  }

  #batch(log: OpenLog, { from, read, gaps }: Reading): AuditTailBatch {
    const { checkpointPath } = this.#options;
    const position = log.position();
    const begun = { ...from, batchEnd: position.offset };
    return {
      lines: [...read.lines],
      skipped: { tooLong: read.tooLong, gaps },
      // A power cut costs at the most that the batch is another one, and counted twice.
      begin: () => writeCheckpoint(checkpointPath, begun, { isSynced: false }),
      commit: () => writeCheckpoint(checkpointPath, position, { isSynced: true }),
    };
  }

  /** Between a rename and the creation of the new file there is none: the old one is still the log then. */
  async #isReplaced(log: OpenLog): Promise<boolean> {
    const facts = await stat(this.#options.path, { bigint: true }).catch(() => undefined);
    return facts !== undefined && String(facts.ino) !== log.inode;
  }

  async #open(path: string): Promise<FileHandle | undefined> {
    try {
      return await openFile(path);
    } catch (error) {
      throw new ConnectorError('AUDIT_FILE_UNREADABLE', path, { cause: error });
    }
  }

  async #pause(): Promise<void> {
    await sleep(this.#options.pollMs, undefined, { signal: this.#options.signal }).catch(() => undefined);
  }
}

/** Waits for the file when it is not there yet. Ends when the signal aborts. */
export const tailAuditFile = (options: TailAuditOptions): AsyncIterable<AuditTailBatch> =>
  new AuditTail(options).batches();
