// Holds a record whose bytes come in parts: all of it, or of one that is too long its beginning and its end.
import { salvageRecord } from './salvage-record.ts';

/** Beyond this much of a record's beginning nothing is looked for: bodies come last, and headers end at 1 MiB. */
const maxHeadBytes = 2 * 1024 * 1024;
const maxTailBytes = 64 * 1024;

export class HeldRecord {
  readonly #limitBytes: number;
  #parts: Buffer[] = [];
  #tail = Buffer.alloc(0);
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get isTooLong(): boolean {
    return this.#bytes > this.#limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The part is kept as it is, and must not change. */
  hold(part: Buffer): void {
    const room = Math.max(this.#limitBytes - this.#bytes, 0);
    this.#bytes += part.length;
    if (room > 0 && part.length > 0) this.#parts.push(part.subarray(0, room));
    if (this.isTooLong)
      this.#tail = Buffer.concat([this.#tail, part.subarray(-maxTailBytes)]).subarray(-maxTailBytes);
  }

  /** Of one that is too long, its beginning. */
  text(): string {
    return this.#joined().toString('utf8');
  }

  /** Who did what, without bodies; `undefined` where even that cannot be told. */
  salvage(): string | undefined {
    const bytes = this.#joined();
    const head = bytes.toString('utf8', 0, maxHeadBytes);
    if (this.isTooLong) return salvageRecord({ head, tail: this.#tail.toString('utf8') });
    if (bytes.length <= maxHeadBytes) return salvageRecord({ head });
    return salvageRecord({ head, tail: bytes.toString('utf8', bytes.length - maxTailBytes) });
  }

  clear(): void {
    this.#parts = [];
    this.#tail = Buffer.alloc(0);
    this.#bytes = 0;
  }

  #joined(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#parts;
    return others.length === 0 ? first : Buffer.concat(this.#parts);
  }
}
