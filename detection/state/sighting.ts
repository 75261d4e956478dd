// What a memory is told of an event that passed its rule's condition, and what it answers.
import type { Event, Evidence } from '@yagura/contracts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { FieldValue } from '../fields/field.ts';

export interface Sighting {
  readonly event: Event;
  readonly timeMs: number;
  readonly occurrenceId: string;
  readonly read: (bound: BoundField) => FieldValue;
  /** Of a sequence: which of its steps the event is; bit n for step n. */
  readonly steps: number;
}

/** One reason to raise an alert, or to count one up. */
export interface Firing {
  readonly evidence: readonly Evidence[];
  /** In a few words, for the alert's message. */
  readonly told: string;
  /** Whose occurrence it is, where that is not the event's own. */
  readonly occurrenceId?: string;
}

export interface MemoryCounts {
  /** Keys that are remembered now. */
  readonly keys: number;
  /** What was forgotten before its time, for want of room. */
  readonly evictions: number;
  /** Events too old to be put in their place. */
  readonly late: number;
}

/** What one rule remembers of one cluster. */
export interface Memory {
  readonly observe: (sighting: Sighting) => readonly Firing[];
  readonly counts: () => MemoryCounts;
  /** Plain JSON. */
  readonly save: () => unknown;
  /** False, and unchanged, where `saved` is not what `save` gave. */
  readonly load: (saved: unknown) => boolean;
}

export const noFirings: readonly Firing[] = [];

const partLimit = 256;

const shown = (value: FieldValue): unknown =>
  typeof value === 'string' && value.length > partLimit ? `${value.slice(0, partLimit)}…` : (value ?? null);

export const valuesOf = (
  fields: readonly BoundField[],
  { read }: Pick<Sighting, 'read'>,
): readonly unknown[] => fields.map((field) => shown(read(field)));

/** Values that are longer than what is kept of them count as the same when their beginning is. */
export const keyOf = (fields: readonly BoundField[], sighting: Pick<Sighting, 'read'>): string =>
  JSON.stringify(valuesOf(fields, sighting));

export const keyEvidence = (fields: readonly BoundField[], sighting: Sighting): readonly Evidence[] =>
  fields.map(({ key }, index) => ({ field: key, value: valuesOf(fields, sighting)[index] }));
