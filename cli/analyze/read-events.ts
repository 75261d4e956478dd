// Hands over the events of one file, of either kind, to whoever wants them one by one.
import { readAuditLines } from '@yagura/connector-kubernetes';
import type { Event } from '@yagura/contracts';
import type { Terminal } from '../terminal/terminal.ts';
import { toJson } from './log-forms.ts';
import { type ReadRecord, RecordReader } from './read-event.ts';
import { type Input, openInput } from './read-input.ts';

/** An alert as the hub prints it holds the event that raised it. */
const insideAlert = (value: unknown): unknown => {
  const { ruleSnapshot, event } = value as { readonly ruleSnapshot?: unknown; readonly event?: unknown };
  return ruleSnapshot !== undefined && typeof event === 'object' && event !== null ? event : value;
};

export interface EventTaker {
  /** False ends the reading. */
  readonly take: (event: Event) => boolean;
  /** A record that is no event, and why. */
  readonly skip: (reason: string) => void;
  readonly onChunk?: (input: Input) => void;
}

export async function readEvents(
  file: string,
  terminal: Terminal,
  { take, skip, onChunk }: EventTaker,
): Promise<void> {
  const reader = new RecordReader(undefined);
  await reader.loadSchemas();
  /** False ends the reading. */
  const takeAll = (records: readonly ReadRecord[]): boolean => {
    for (const record of records) {
      if (record.ok === false) skip(record.reason);
      else if (record.ok === true && !take(record.event)) return false;
    }
    return true;
  };
  const input = await openInput(file, terminal.input);
  for await (const pieces of readAuditLines(toJson(input.chunks))) {
    terminal.signal.throwIfAborted();
    for (const piece of pieces) {
      const records = piece.ok ? reader.read(insideAlert(piece.value)) : [piece];
      if (records !== 'needs-schemas' && !takeAll(records)) return;
    }
    onChunk?.(input);
  }
  takeAll(reader.end());
}
