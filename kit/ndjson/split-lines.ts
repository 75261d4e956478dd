// NDJSON into lines, with a bound on each: a line that is too long is told, not kept.

export type Line =
  | { readonly ok: true; readonly number: number; readonly text: string }
  | { readonly ok: false; readonly number: number; readonly sizeBytes: number };

export interface SplitOptions {
  readonly maxLineBytes: number;
}

const newline = 0x0a;
const isBlank = (text: string): boolean => text.trim() === '';

function toLine(bytes: Buffer, number: number, maxLineBytes: number): Line | undefined {
  if (bytes.length > maxLineBytes) return { ok: false, number, sizeBytes: bytes.length };
  const text = bytes.at(-1) === 0x0d ? bytes.toString('utf8', 0, bytes.length - 1) : bytes.toString('utf8');
  return isBlank(text) ? undefined : { ok: true, number, text };
}

/** Lines of a whole buffer, numbered from 1; blank ones are left out but numbered. */
export function* splitBuffer(buffer: Uint8Array, { maxLineBytes }: SplitOptions): Generator<Line> {
  const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    const line = toLine(bytes.subarray(start, end), ++number, maxLineBytes);
    if (line) yield line;
    start = end + 1;
  }
}

/** Lines of a stream. Holds at most one line of `maxLineBytes` and one chunk. A last line needs no line feed. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxLineBytes }: SplitOptions,
): AsyncGenerator<Line> {
  const held = createLineHolder(maxLineBytes);
  for await (const chunk of chunks) {
    for (const line of held.lines(chunk)) yield line;
  }
  const last = held.last();
  if (last) yield last;
}

export interface LineHolder {
  readonly sizeBytes: number;
  add(bytes: Buffer): void;
  take(): Line | undefined;
  /** Adds a chunk; yields the lines that end in it. To be read to its end. */
  lines(chunk: Uint8Array): Generator<Line>;
  /** What stands behind the last line feed, if anything. */
  last(): Line | undefined;
}

/** Collects the pieces of one line; past the limit it only counts. */
export function createLineHolder(maxLineBytes: number): LineHolder {
  let parts: Buffer[] = [];
  let sizeBytes = 0;
  let number = 0;
  const holder: LineHolder = {
    get sizeBytes() {
      return sizeBytes;
    },
    add(bytes) {
      sizeBytes += bytes.length;
      if (sizeBytes > maxLineBytes) parts = [];
      else if (bytes.length > 0) parts.push(bytes);
    },
    take() {
      number += 1;
      const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      const line: Line | undefined =
        sizeBytes > maxLineBytes ? { ok: false, number, sizeBytes } : toLine(whole, number, maxLineBytes);
      parts = [];
      sizeBytes = 0;
      return line;
    },
    *lines(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
        holder.add(bytes.subarray(start, end));
        const line = holder.take();
        if (line) yield line;
        start = end + 1;
      }
      holder.add(bytes.subarray(start));
    },
    last: () => (sizeBytes > 0 ? holder.take() : undefined),
  };
  return holder;
}
