// One event while rules look at it: each field is read from it at most once.
import type { Event } from '@yagura/contracts';
import type { FieldData, FieldValue, ReadField } from '../fields/field.ts';
import type { BoundField } from './typed-condition.ts';

/** Kept by the engine and used again for each event; a slot is fresh when its stamp is the reading's turn. */
export interface Reading {
  event: Event;
  turn: number;
  readonly data: FieldData;
  readonly values: FieldValue[];
  readonly stamps: number[];
}

export type Slots = Map<string, number>;

export const createReading = (event: Event, data: FieldData = {}): Reading => ({
  event,
  turn: 0,
  data,
  values: [],
  stamps: [],
});

export function turnTo(reading: Reading, event: Event): void {
  reading.event = event;
  reading.turn += 1;
}

export type ReadSlot = (reading: Reading) => FieldValue;

/** All uses of the same field with the same argument share a slot. */
export function slotReader(bound: BoundField, slots: Slots): ReadSlot {
  const slot = slots.get(bound.key) ?? slots.size;
  slots.set(bound.key, slot);
  const read: ReadField = bound.read;
  return (reading) => {
    if (reading.stamps[slot] === reading.turn) return reading.values[slot];
    const value = read(reading.event, reading.data);
    reading.values[slot] = value;
    reading.stamps[slot] = reading.turn;
    return value;
  };
}
