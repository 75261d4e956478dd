// Spares novelty rules what they were shown within the hour: nothing can be new in it, and it need not be parsed to know that.
import type { AuditGlance, Event, GlanceField } from '@yagura/contracts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import type { Correlation } from '../state/correlation.ts';
import { keyOf } from '../state/sighting.ts';
import { eventWith, glanceFieldOf } from './glance-fields.ts';

export interface Familiar {
  /** To be called once the rule's memory was shown the event. */
  readonly show: (event: Event) => void;
  /** Whether the memory was shown the same identity and value in the hour of this record. */
  readonly isKnown: (glance: AuditGlance, cluster: string | undefined) => boolean;
}

/** What is remembered for less is not worth an hour's inexactness. */
const leastRememberMs = 24 * 60 * 60_000;
const maxKeys = 20_000;
const hourLength = '2026-05-04T10'.length;

function bounded<Value>(): {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
} {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      if (entries.size >= maxKeys && !entries.has(key)) entries.clear();
      entries.set(key, value);
    },
  };
}

/** Undefined for a rule that has to see every event: it counts them, or a glance does not tell what it is about. */
export function createFamiliar(correlation: Correlation | undefined, data: FieldData): Familiar | undefined {
  if (correlation?.type !== 'novelty' || correlation.rare !== 1) return undefined;
  if (correlation.rememberMs < leastRememberMs) return undefined;
  const bounds = [...correlation.by, ...correlation.of];
  const fields = bounds.map(glanceFieldOf);
  const told = fields.filter((field) => field !== undefined);
  return told.length === fields.length ? familiarOf(bounds, told, data) : undefined;
}

function familiarOf(
  bounds: readonly BoundField[],
  fields: readonly GlanceField[],
  data: FieldData,
): Familiar {
  const hours = bounded<string>();
  const keys = bounded<string>();
  const keyed = (cluster: string | undefined, read: (bound: BoundField, index: number) => Event): string =>
    `${cluster ?? ''} ${keyOf(bounds, { read: (bound) => bound.read(read(bound, bounds.indexOf(bound)), data) })}`;

  const keyOfGlance = (glance: AuditGlance, cluster: string | undefined): string | undefined => {
    const raw = `${cluster ?? ''} ${fields.map(glance.raw, glance).join(' ')}`;
    const known = keys.get(raw);
    if (known !== undefined) return known;
    const values = fields.map((field) => glance.read(field));
    if (values.includes(null)) return undefined;
    const key = keyed(cluster, (_, index) => eventWith(fields[index] as GlanceField, values[index]));
    keys.set(Buffer.from(raw).toString(), key);
    return key;
  };

  return {
    show: (event) =>
      hours.set(
        keyed(event.cluster, () => event),
        event.time.slice(0, hourLength),
      ),
    isKnown: (glance, cluster) => {
      const key = keyOfGlance(glance, cluster);
      const hour = key === undefined ? undefined : hours.get(key);
      return hour !== undefined && glance.raw('stageTimestamp').startsWith(hour, 1);
    },
  };
}
