// Parses a body that holds audit records in any of the forms in which API servers and log pipelines hand them over.
import type { ApiRequested } from '@yagura/contracts';
import { type AuditContext, normaliseAudit } from './normalise-audit.ts';
import type { SkipReason } from './skip-reason.ts';
import { createJsonSplitter, type JsonPiece } from './split-json.ts';

export interface ParsedAuditBody {
  readonly events: readonly ApiRequested[];
  /** How many records were left out, by reason. */
  readonly skipped: Partial<Readonly<Record<SkipReason, number>>>;
  /** The first few of them. */
  readonly firstSkipped: readonly SkippedRecord[];
}

export interface SkippedRecord {
  /** Line of the body, from 1. */
  readonly line: number;
  /** Which record of the body it is, from 1: a list often has all of its records in one line. */
  readonly record: number;
  readonly reason: SkipReason;
}

const maxSkippedShown = 20;

/** An EventList, one event, an array, or JSON lines. Never throws; the caller bounds the body's size. */
export function parseAuditBody(body: string | Uint8Array, context: AuditContext = {}): ParsedAuditBody {
  const events: ApiRequested[] = [];
  const skipped: Partial<Record<SkipReason, number>> = {};
  const firstSkipped: SkippedRecord[] = [];
  let record = 0;
  const onPiece = (piece: JsonPiece): void => {
    record += 1;
    const parsed = piece.ok ? normaliseAudit(piece.value, context) : piece;
    if (parsed.ok) {
      events.push(parsed.event);
      return;
    }
    const { reason } = parsed;
    skipped[reason] = (skipped[reason] ?? 0) + 1;
    if (firstSkipped.length < maxSkippedShown) firstSkipped.push({ line: piece.line, record, reason });
  };
  const splitter = createJsonSplitter({ onPiece });
  splitter.push(typeof body === 'string' ? Buffer.from(body) : body);
  splitter.end();
  return { events, skipped, firstSkipped };
}
