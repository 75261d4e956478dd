// Cuts a stream of bytes into JSON records and parses them: one a line, pretty-printed back to back, in an array, or in the list of a wrapper.
import { isAscii } from 'node:buffer';
import type { AuditGlance } from '@yagura/contracts';
import { isObject } from './field-reader.ts';
import { GlanceWorth } from './glance-worth.ts';
import { HeldRecord } from './held-record.ts';
import { RecordGlance } from './record-glance.ts';
import type { SkipReason } from './skip-reason.ts';

export type JsonPiece =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly line: number;
      /** A look at it told that the normaliser takes it. */
      readonly isAuditRecord: boolean;
    }
  | { readonly ok: false; readonly reason: SkipReason; readonly line: number };

export interface JsonSplitterOptions {
  /** A record longer than this is taken without its bodies, or skipped and counted where it does not say what it is about. */
  readonly maxRecordBytes?: number;
  readonly onPiece: (piece: JsonPiece) => void;
  /**
   * Asked of each record that is certainly an audit event, before anything is made of it; where the answer is `true`,
   * there is no piece. Most records of a log are of no interest to any rule, and parsing them is what costs. While
   * nearly all are, only some are asked about.
   */
  readonly isRuledOut?: (glance: AuditGlance) => boolean;
}

export interface JsonSplitter {
  push(chunk: Uint8Array): void;
  end(): void;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const maxDepth = 128;
/** Where a wrapper keeps its records: an EventList, what CloudWatch answers, a message of Event Hubs. */
const listKeys: ReadonlySet<string> = new Set(['items', 'events', 'records']);
const defaultMaxRecordBytes = 8 * 1024 * 1024;

// Blanks, record separators (RFC 7464), byte-order marks, and the NULs that a truncated log file starts with.
const blanks: ReadonlySet<number> = new Set([0x00, 0x09, 0x0d, 0x1e, 0x20, 0xef, 0xbb, 0xbf]);
// What is left over when a record inside an array broke off.
const leftovers: ReadonlySet<number> = new Set([comma, closeBracket, closeBrace]);

const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf('\n', from);
  return found === -1 ? text.length : found;
};

/** `undefined` for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One that no list lies in: its normaliser takes it whatever it holds, and however deep that is. */
const isApiServersRecord = (value: unknown): boolean =>
  isObject(value) && value['kind'] === 'Event' && value['items'] === undefined;

/**
 * A record that breaks off costs only itself: a raw newline inside a string, or an object that opens in the first
 * column while another is still open, starts anew. (Nothing that indents puts a nested object into the first column.)
 */
class RecordSplitter implements JsonSplitter {
  readonly #options: Required<JsonSplitterOptions>;
  readonly #glance = new RecordGlance();
  readonly #worth = new GlanceWorth();
  /** The chunk, a character a byte, and whether these are its characters in UTF-8 too. */
  #text = '';
  #isAscii = false;
  /** A line that the last chunk began, and that the next one is likely to end. */
  #begun: Buffer = Buffer.alloc(0);
  readonly #held: HeldRecord;
  #line = 1;
  #startLine = 1;
  /** Depth inside the record; 0 between records. */
  #depth = 0;
  /** `array`: in a top-level array; `items`: in a wrapper's list; `rest`: behind that list, up to the wrapper's end. */
  #wrapper: 'none' | 'array' | 'items' | 'rest' = 'none';
  #inString = false;
  #escaped = false;
  #key = '';
  #expectList = false;
  #skipping: SkipReason | undefined;
  #isGarbage = false;
  #atLineStart = true;

  constructor(options: JsonSplitterOptions) {
    this.#options = { maxRecordBytes: defaultMaxRecordBytes, isRuledOut: () => false, ...options };
    this.#held = new HeldRecord(this.#options.maxRecordBytes);
  }

  push(chunk: Uint8Array): void {
    const begun = this.#begun;
    this.#begun = Buffer.alloc(0);
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // What is still not whole then is walked byte by byte: small chunks must not copy it again and again.
    if (begun.length === 0) this.#walk(bytes, 0);
    else this.#walk(Buffer.concat([begun, bytes]), begun.length);
  }

  /** A line that begins at `mayWaitFrom` or behind, and does not end, waits for the next chunk. */
  #walk(bytes: Buffer, mayWaitFrom: number): void {
    this.#text = bytes.toString('latin1');
    this.#isAscii = isAscii(bytes);
    let newline = -1;
    let recordStart = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#depth === 0 && bytes[at] === openBrace) {
        if (newline < at) newline = endOfLine(this.#text, at);
        const end = this.#takeWhole(bytes, at, newline);
        if (end !== -1) {
          at = end;
          continue;
        }
        if (newline === bytes.length && at >= mayWaitFrom) {
          this.#begun = Buffer.from(bytes.subarray(at));
          break;
        }
      }
      if (this.#inString) {
        at = this.#scanString(bytes, at);
        continue;
      }
      const byte = bytes[at] as number;
      if (byte === openBrace && this.#atLineStart && this.#depth > 0) this.#breakOff('cut');
      const wasOutside = this.#depth === 0;
      const closes = this.#take(byte);
      if (wasOutside && this.#depth > 0) recordStart = at;
      at += 1;
      if (closes) this.#finish(bytes.subarray(recordStart, at));
    }
    if (this.#depth > 0) this.#held.hold(Buffer.from(bytes.subarray(recordStart)));
    this.#text = '';
  }

  /** A compact record that lies whole in the chunk and in its line, the usual case by far; -1 for any other. */
  #takeWhole(bytes: Buffer, at: number, newline: number): number {
    if (this.#isGarbage || this.#wrapper === 'rest') return -1;
    if (this.#takeLine(bytes, at, newline)) return newline;
    const end = this.#glance.look(this.#text, at);
    if (end === -1 || end > newline || end - at > this.#options.maxRecordBytes) return -1;
    this.#atLineStart = false;
    const isAuditRecord = this.#glance.isAuditRecord();
    if (isAuditRecord) {
      const isRuledOut = this.#options.isRuledOut(this.#glance);
      this.#worth.note(isRuledOut);
      if (isRuledOut) return end;
    }
    this.#give(parse(this.#textOf(bytes, at, end)), this.#line, isAuditRecord);
    return end;
  }

  /** All of the line, unlooked at, if it proves to be one record of an API server: what parses is whole. */
  #takeLine(bytes: Buffer, at: number, newline: number): boolean {
    const mayBeWhole =
      newline < bytes.length && bytes[newline - 1] === closeBrace && this.#wrapper === 'none';
    if (!mayBeWhole || newline - at > this.#options.maxRecordBytes || this.#worth.isWorthIt()) return false;
    const value = parse(this.#textOf(bytes, at, newline));
    if (!isApiServersRecord(value)) {
      this.#worth.reset();
      return false;
    }
    this.#atLineStart = false;
    this.#give(value, this.#line, false);
    return true;
  }

  #textOf(bytes: Buffer, start: number, end: number): string {
    return this.#isAscii ? this.#text.slice(start, end) : bytes.toString('utf8', start, end);
  }

  /** `undefined` for what is no JSON. */
  #give(value: unknown, line: number, isAuditRecord: boolean): void {
    this.#options.onPiece(
      value === undefined
        ? { ok: false, reason: 'not-json', line }
        : { ok: true, value, line, isAuditRecord },
    );
  }

  end(): void {
    this.#walk(this.#begun, this.#begun.length);
    this.#begun = Buffer.alloc(0);
    if (this.#depth > 0) this.#breakOff('cut');
  }

  /** Runs to the end of the string or of the chunk; the hot loop, most bytes of a log are in strings. */
  #scanString(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      if (bytes[at] !== newline) at += 1;
    }
    let byte = 0;
    for (; at < bytes.length; at += 1) {
      byte = bytes[at] as number;
      // A line that was cut behind a backslash must not take its newline along.
      if (byte === backslash && bytes[at + 1] !== newline) at += 1;
      else if (byte === quote || byte === newline) break;
    }
    if (this.#depth === 1 && this.#key.length < 8) {
      this.#key += bytes.toString('latin1', from, Math.min(at, from + 8, bytes.length));
    }
    if (at >= bytes.length) {
      this.#escaped = at > bytes.length;
      return bytes.length;
    }
    this.#inString = false;
    if (byte === newline) {
      this.#breakOff('cut');
      return at;
    }
    return at + 1;
  }

  /** One byte outside strings; true when it ends a record. */
  #take(byte: number): boolean {
    if (byte === newline) {
      this.#line += 1;
      this.#atLineStart = true;
      this.#isGarbage = false;
      return false;
    }
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d) {
      this.#atLineStart = false;
      return false;
    }
    this.#atLineStart = false;
    return this.#depth === 0 ? this.#takeBetween(byte) : this.#takeInside(byte);
  }

  #takeBetween(byte: number): boolean {
    if (this.#wrapper === 'rest') return this.#takeRest(byte);
    if (byte === openBrace && !this.#isGarbage) this.#open();
    else if (byte === openBracket && this.#wrapper === 'none' && !this.#isGarbage) this.#wrapper = 'array';
    else if (byte === closeBracket && this.#wrapper !== 'none') {
      this.#wrapper = this.#wrapper === 'items' ? 'rest' : 'none';
      this.#isGarbage = false;
    } else if (byte === comma && this.#wrapper !== 'none') this.#isGarbage = false;
    else if (!this.#isGarbage && !blanks.has(byte) && !leftovers.has(byte)) this.#reportGarbage();
    return false;
  }

  /** What follows a wrapper's list is of no interest; it ends with the list's brace, or where a line opens anew. */
  #takeRest(byte: number): boolean {
    if (byte === closeBrace) this.#wrapper = 'none';
    else if (byte === openBrace) {
      this.#wrapper = 'none';
      this.#open();
    }
    return false;
  }

  #takeInside(byte: number): boolean {
    switch (byte) {
      case quote:
        this.#inString = true;
        this.#key = '';
        return false;
      case colon:
        if (this.#depth === 1) this.#expectList = this.#wrapper === 'none' && listKeys.has(this.#key);
        return false;
      case openBracket:
        if (this.#expectList) this.#enterList();
        else this.#deepen();
        return false;
      case openBrace:
        this.#deepen();
        return false;
      case closeBrace:
      case closeBracket:
        this.#depth -= 1;
        return this.#depth === 0;
      default:
        this.#expectList = false;
        return false;
    }
  }

  #open(): void {
    this.#depth = 1;
    this.#startLine = this.#line;
    this.#key = '';
    this.#expectList = false;
    this.#isGarbage = false;
  }

  #deepen(): void {
    this.#depth += 1;
    this.#expectList = false;
    if (this.#depth > maxDepth) this.#skipping ??= 'too-deep';
  }

  #enterList(): void {
    this.#wrapper = 'items';
    this.#reset();
  }

  #reset(): void {
    this.#held.clear();
    this.#depth = 0;
    this.#skipping = undefined;
    this.#expectList = false;
  }

  #finish(last: Buffer): void {
    this.#held.hold(last);
    const line = this.#startLine;
    const reason = this.#lossOf();
    const whole = this.#held.isTooLong ? undefined : parse(this.#held.text());
    if (reason === undefined || isApiServersRecord(whole)) this.#give(whole, line, false);
    else this.#giveSalvaged(this.#held.salvage(), reason, line);
    this.#reset();
  }

  #giveSalvaged(text: string | undefined, reason: SkipReason, line: number): void {
    if (text === undefined) this.#options.onPiece({ ok: false, reason, line });
    else this.#give(parse(text), line, false);
  }

  #lossOf(): SkipReason | undefined {
    return this.#skipping ?? (this.#held.isTooLong ? 'too-long' : undefined);
  }

  #breakOff(reason: SkipReason): void {
    this.#options.onPiece({ ok: false, reason: this.#lossOf() ?? reason, line: this.#startLine });
    this.#reset();
    this.#inString = false;
    this.#escaped = false;
    this.#wrapper = 'none';
  }

  #reportGarbage(): void {
    this.#isGarbage = true;
    this.#options.onPiece({ ok: false, reason: 'not-json', line: this.#line });
  }
}

export const createJsonSplitter = (options: JsonSplitterOptions): JsonSplitter => new RecordSplitter(options);
