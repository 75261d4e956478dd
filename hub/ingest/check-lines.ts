// Checks the lines of a batch one by one: a bad line costs only itself, and is counted.
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type BatchReceipt,
  batchLimits,
  type EventKind,
  type InventoryKind,
  isInventoryKind,
  parseEvent,
  parseInventory,
} from '@yagura/contracts';

export interface CheckedLines {
  /** Lines that are not blank. */
  readonly total: number;
  readonly accepted: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** The first few. */
  readonly rejected: BatchReceipt['rejected'];
  readonly rejectedTotal: number;
  /** How many lines were rejected for each code. */
  readonly rejectedBy: Readonly<Record<string, number>>;
  /** The good lines alone, where some were bad. */
  readonly rest?: string;
}

export type LineKind = EventKind | InventoryKind;

export interface LineRules {
  readonly allowedKinds: ReadonlySet<LineKind>;
  readonly maxLines: number;
  /** How long to hold the event loop at a stretch. */
  readonly sliceMs?: number;
}

export type LineCode = 'LINE_TOO_LONG' | 'LINE_NOT_JSON' | 'LINE_NOT_AN_EVENT' | 'KIND_NOT_ALLOWED';
const maxRejectedShown = 20;
const linesPerClockLook = 32;

/** More than `maxLines` lines: `undefined`, and nothing is taken. */
export async function checkLines(ndjson: string, rules: LineRules): Promise<CheckedLines | undefined> {
  const tally = createTally(ndjson, rules.allowedKinds);
  const sliceMs = rules.sliceMs ?? 10;
  let until = performance.now() + sliceMs;
  let [start, number, total] = [0, 0, 0];
  while (start < ndjson.length) {
    const found = ndjson.indexOf('\n', start);
    const end = found === -1 ? ndjson.length : found;
    number += 1;
    if (!isBlank(ndjson, start, end)) {
      total += 1;
      if (total > rules.maxLines) return undefined;
      tally.line(number, start, end);
    }
    start = end + 1;
    if (number % linesPerClockLook === 0 && performance.now() > until) {
      await nextTurn();
      until = performance.now() + sliceMs;
    }
  }
  return { total, ...tally.result() };
}

interface Tally {
  line(number: number, start: number, end: number): void;
  result(): Omit<CheckedLines, 'total'>;
}

function createTally(ndjson: string, allowed: ReadonlySet<LineKind>): Tally {
  const kinds: Record<string, number> = {};
  const rejected: BatchReceipt['rejected'] = [];
  const rejectedBy: Record<string, number> = {};
  let [accepted, rejectedTotal, goodFrom] = [0, 0, 0];
  let good: string[] | undefined;
  return {
    line(number, start, end) {
      const checked = checkLine(ndjson.slice(start, end), allowed);
      if (checked.ok) {
        accepted += 1;
        kinds[checked.kind] = (kinds[checked.kind] ?? 0) + 1;
        return;
      }
      good ??= [];
      good.push(ndjson.slice(goodFrom, start));
      goodFrom = Math.min(end + 1, ndjson.length);
      rejectedTotal += 1;
      rejectedBy[checked.code] = (rejectedBy[checked.code] ?? 0) + 1;
      if (rejected.length < maxRejectedShown)
        rejected.push({ line: number, code: checked.code, message: checked.message });
    },
    result() {
      const rest = good === undefined ? {} : { rest: good.join('') + ndjson.slice(goodFrom) };
      return { accepted, kinds, rejected, rejectedTotal, rejectedBy, ...rest };
    },
  };
}

type CheckedLine =
  | { readonly ok: true; readonly kind: LineKind }
  | { readonly ok: false; readonly code: LineCode; readonly message: string };

function checkLine(line: string, allowed: ReadonlySet<LineKind>): CheckedLine {
  if (isTooLong(line)) return bad('LINE_TOO_LONG', `longer than ${batchLimits.lineBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return bad('LINE_NOT_JSON', (error as Error).message.slice(0, 200));
  }
  const parsed = kindOf(value);
  if (!parsed.ok) return bad('LINE_NOT_AN_EVENT', parsed.message.slice(0, 200));
  const { kind } = parsed;
  return allowed.has(kind) ? { ok: true, kind } : bad('KIND_NOT_ALLOWED', `this agent may not send ${kind}`);
}

type ParsedKind =
  | { readonly ok: true; readonly kind: LineKind }
  | { readonly ok: false; readonly message: string };

function kindOf(value: unknown): ParsedKind {
  if (isInventoryKind((value as { kind?: unknown } | null)?.kind)) {
    const parsed = parseInventory(value);
    return parsed.ok ? { ok: true, kind: parsed.record.kind } : parsed;
  }
  const parsed = parseEvent(value);
  return parsed.ok ? { ok: true, kind: parsed.event.kind } : parsed;
}

const bad = (code: LineCode, message: string): CheckedLine => ({ ok: false, code, message });

/** A UTF-16 unit is one to three bytes, so that most lines need no counting. */
function isTooLong(line: string): boolean {
  const limit = batchLimits.lineBytes;
  return line.length > limit || (line.length * 3 > limit && Buffer.byteLength(line) > limit);
}

const [tab, carriageReturn, space] = [0x09, 0x0d, 0x20];
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== space && unit !== tab && unit !== carriageReturn) return false;
  }
  return true;
}
