// Cuts what is read of a growing file into whole lines and keeps account of the offset that they end at.

export interface CarriedLines {
  readonly lines: readonly string[];
  /** Lines that were longer than the limit and were left out. */
  readonly tooLong: number;
}

const newline = 0x0a;

export class LineCarry {
  readonly #maxLineBytes: number;
  #parts: Buffer[] = [];
  #heldBytes = 0;
  #isTooLong = false;
  /** File offset behind the last whole line. */
  offset: number;

  constructor(offset: number, maxLineBytes: number) {
    this.offset = offset;
    this.#maxLineBytes = maxLineBytes;
  }

  /** Offset up to which the file has been read, the held-back part of a line included. */
  get readOffset(): number {
    return this.offset + this.#heldBytes;
  }

  push(chunk: Buffer): CarriedLines {
    const lines: string[] = [];
    let tooLong = 0;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#hold(chunk.subarray(start, end));
      if (this.#isTooLong) tooLong += 1;
      else this.#release(lines);
      this.#advance(1);
      start = end + 1;
    }
    this.#hold(Buffer.from(chunk.subarray(start)));
    return { lines, tooLong };
  }

  /** The last line of a file that nobody writes any more, which has no newline. */
  finish(): CarriedLines {
    const lines: string[] = [];
    const tooLong = this.#isTooLong ? 1 : 0;
    if (!this.#isTooLong) this.#release(lines);
    this.#advance(0);
    return { lines, tooLong };
  }

  #hold(part: Buffer): void {
    this.#heldBytes += part.length;
    if (this.#heldBytes > this.#maxLineBytes) this.#isTooLong = true;
    if (this.#isTooLong) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #release(lines: string[]): void {
    // A file that was truncated under its writer begins with NULs up to the writer's old offset.
    const text = Buffer.concat(this.#parts).toString('utf8').replaceAll('\0', '').trim();
    if (text !== '') lines.push(text);
  }

  #advance(newlineBytes: number): void {
    this.offset += this.#heldBytes + newlineBytes;
    this.#heldBytes = 0;
    this.#parts = [];
    this.#isTooLong = false;
  }
}
