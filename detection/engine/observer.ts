// Between a rule that remembers and its memory: which event it is shown, with what of it.
import type { Event } from '@yagura/contracts';
import { compileCondition } from '../compile/compile-condition.ts';
import { type Reading, type ReadSlot, type Slots, slotReader } from '../compile/reading.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { Familiar } from '../glance/familiar.ts';
import type { Correlation } from '../state/correlation.ts';
import type { RuleMemory } from '../state/detection-state.ts';
import { eventTimeMs } from '../state/event-time.ts';
import { type Firing, type MemoryCounts, noFirings } from '../state/sighting.ts';
import { occurrenceIdOf } from './alert-identity.ts';

export interface Observer {
  /** To be called when the rule's condition held. */
  readonly observe: (reading: Reading, receivedAtMs: number | undefined) => readonly Firing[];
  readonly counts: () => MemoryCounts;
}

function fieldsOf(correlation: Correlation): readonly BoundField[] {
  switch (correlation.type) {
    case 'threshold':
      return correlation.distinct === undefined ? correlation.by : [...correlation.by, correlation.distinct];
    case 'sequence':
      return correlation.by;
    case 'novelty':
      return [...correlation.by, ...correlation.of];
  }
}

type ReadSteps = (reading: Reading) => number;

function stepReader(correlation: Correlation, slots: Slots): ReadSteps {
  if (correlation.type !== 'sequence') return () => 0;
  const tests = correlation.steps.map(({ condition }) => compileCondition(condition, slots).holds);
  return (reading) => tests.reduce((bits, holds, index) => (holds(reading) ? bits | (1 << index) : bits), 0);
}

export interface ObserverParts {
  readonly memory: RuleMemory;
  readonly slots: Slots;
  /** Told of what was observed. */
  readonly familiar: Familiar | undefined;
}

export function createObserver(
  correlation: Correlation,
  { memory, slots, familiar }: ObserverParts,
): Observer {
  const readers = new Map<BoundField, ReadSlot>(
    fieldsOf(correlation).map((field) => [field, slotReader(field, slots)]),
  );
  const stepsOf = stepReader(correlation, slots);
  return {
    observe: (reading, receivedAtMs) => {
      const event: Event = reading.event;
      const timeMs = eventTimeMs(event, receivedAtMs);
      if (timeMs === undefined) return noFirings;
      const occurrenceId = occurrenceIdOf(event);
      const read = (bound: BoundField) => readers.get(bound)?.(reading);
      const firings = memory.observe({ event, timeMs, occurrenceId, read, steps: stepsOf(reading) });
      familiar?.show(event);
      return firings;
    },
    counts: memory.counts,
  };
}
