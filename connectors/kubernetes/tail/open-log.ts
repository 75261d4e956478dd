// An audit log file while it is being read: its handle, the held-back part of a line, and its beginning.
import type { FileHandle } from 'node:fs/promises';
import { type FilePosition, fingerprintBytes, fingerprintOf, readStart } from './file-position.ts';
import { type CarriedLines, LineCarry } from './line-carry.ts';

export interface LogSizes {
  readonly maxLineBytes: number;
  readonly chunkBytes: number;
}

export class OpenLog {
  readonly inode: string;
  readonly #file: FileHandle;
  readonly #carry: LineCarry;
  readonly #buffer: Buffer;
  #start: Buffer;

  private constructor(
    file: FileHandle,
    facts: { inode: string; start: Buffer; carry: LineCarry; buffer: Buffer },
  ) {
    this.#file = file;
    this.inode = facts.inode;
    this.#start = facts.start;
    this.#carry = facts.carry;
    this.#buffer = facts.buffer;
  }

  /** Takes the handle over; it is closed with the log. */
  static async at(file: FileHandle, offset: number, sizes: LogSizes): Promise<OpenLog> {
    const { ino } = await file.stat({ bigint: true });
    return new OpenLog(file, {
      inode: String(ino),
      start: await readStart(file, offset),
      carry: new LineCarry(offset, sizes.maxLineBytes),
      buffer: Buffer.alloc(sizes.chunkBytes),
    });
  }

  get readOffset(): number {
    return this.#carry.readOffset;
  }

  /** Where a restart would go on: behind the last whole line. */
  position(): FilePosition {
    const { offset } = this.#carry;
    return { inode: this.inode, offset, fingerprint: fingerprintOf(this.#start.subarray(0, offset)) };
  }

  /** The next whole lines, up to an offset where one is given; `undefined` at the end of the file. */
  async read(end = Number.POSITIVE_INFINITY): Promise<CarriedLines | undefined> {
    const at = this.#carry.readOffset;
    const wanted = end > at ? Math.min(this.#buffer.length, end - at) : this.#buffer.length;
    const { bytesRead } = await this.#file.read(this.#buffer, 0, wanted, at);
    if (bytesRead === 0) return undefined;
    const chunk = this.#buffer.subarray(0, bytesRead);
    if (this.#start.length === at && at < fingerprintBytes) {
      this.#start = Buffer.concat([this.#start, chunk.subarray(0, fingerprintBytes - at)]);
    }
    return this.#carry.push(chunk);
  }

  /** The last line, when nobody will write its newline any more. */
  finish(): CarriedLines {
    return this.#carry.finish();
  }

  /** Whether the file lost what was read of it: it is shorter now, or begins otherwise. */
  async isTruncated(): Promise<boolean> {
    const { size } = await this.#file.stat();
    if (size < this.#carry.readOffset) return true;
    return !(await readStart(this.#file, this.#start.length)).equals(this.#start);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}
