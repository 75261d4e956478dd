// Cuts what is read of a growing file into whole lines and keeps account of the offset that they end at.
import { HeldRecord } from '../audit/held-record.ts';

export interface CarriedLines {
  readonly lines: readonly string[];
  /** Lines that were longer than the limit and were left out: of others without bodies, who did what is kept. */
  readonly tooLong: number;
}

const newline = 0x0a;

export class LineCarry {
  readonly #held: HeldRecord;
  /** File offset behind the last whole line. */
  offset: number;

  constructor(offset: number, maxLineBytes: number) {
    this.offset = offset;
    this.#held = new HeldRecord(maxLineBytes);
  }

  /** Offset up to which the file has been read, the held-back part of a line included. */
  get readOffset(): number {
    return this.offset + this.#held.bytes;
  }

  push(chunk: Buffer): CarriedLines {
    const lines: string[] = [];
    let tooLong = 0;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#held.hold(chunk.subarray(start, end));
      tooLong += this.#release(lines);
      this.#advance(1);
      start = end + 1;
    }
    this.#held.hold(Buffer.from(chunk.subarray(start)));
    return { lines, tooLong };
  }

  /** The last line of a file that nobody writes any more, which has no newline. */
  finish(): CarriedLines {
    const lines: string[] = [];
    const tooLong = this.#release(lines);
    this.#advance(0);
    return { lines, tooLong };
  }

  /** How many lines were left out: none or one. */
  #release(lines: string[]): number {
    // A file that was truncated under its writer begins with NULs up to the writer's old offset.
    const whole = this.#held.isTooLong ? this.#held.salvage() : this.#held.text();
    const text = whole?.replaceAll('\0', '').trim();
    if (text !== undefined && text !== '') lines.push(text);
    return whole === undefined ? 1 : 0;
  }

  #advance(newlineBytes: number): void {
    this.offset += this.#held.bytes + newlineBytes;
    this.#held.clear();
  }
}
