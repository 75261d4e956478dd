// What of a condition can be told from a glance at a record: a condition on fewer fields, which holds whenever the whole one does.
import type { GlanceField } from '@yagura/contracts';
import { valueTest } from '../compile/compile-condition.ts';
import type { FieldTest, TypedCondition } from '../compile/typed-condition.ts';
import type { FieldValue } from '../fields/field.ts';
import { glanceFieldOf } from './glance-fields.ts';

export interface GuessTest {
  readonly kind: 'test';
  readonly field: GlanceField;
  readonly holds: (value: FieldValue) => boolean;
}

/** `true`: may hold whatever the record says; `false`: cannot hold. */
export type Guess =
  | boolean
  | GuessTest
  | { readonly kind: 'not'; readonly part: Guess }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Guess[] };

/** Simplified; without parts `and` is true and `or` false. */
export function join(kind: 'and' | 'or', all: readonly Guess[]): Guess {
  const decisive = kind === 'or';
  if (all.includes(decisive)) return decisive;
  const parts = all.filter((part) => typeof part !== 'boolean');
  const [first, ...others] = parts;
  if (first === undefined) return !decisive;
  return others.length === 0 ? first : { kind, parts };
}

const negate = (part: Guess): Guess => (typeof part === 'boolean' ? !part : { kind: 'not', part });

function guessTest(test: FieldTest, whenUnknown: boolean): Guess {
  const told = glanceFieldOf(test.bound.key);
  const isFixed = test.other === undefined;
  if (told === undefined || !isFixed) return whenUnknown;
  const holds = valueTest(test);
  return { kind: 'test', field: told.field, holds: (value) => holds(told.from(value)) };
}

/**
 * `whenUnknown` stands for the tests that a glance cannot decide: with `true` the guess holds at least where the
 * condition does, with `false` at most there, which is what stands behind a `not`.
 */
function guess(condition: TypedCondition, whenUnknown: boolean): Guess {
  switch (condition.kind) {
    case 'test':
      return guessTest(condition, whenUnknown);
    case 'not':
      return negate(guess(condition.part, !whenUnknown));
    case 'and':
    case 'or':
      return join(
        condition.kind,
        condition.parts.map((part) => guess(part, whenUnknown)),
      );
  }
}

export const mayHold = (condition: TypedCondition): Guess => guess(condition, true);

/** The guess once the value of one field is known. */
export function settle(rest: Guess, field: GlanceField, value: FieldValue): Guess {
  if (typeof rest === 'boolean') return rest;
  switch (rest.kind) {
    case 'test':
      return rest.field === field ? rest.holds(value) : rest;
    case 'not':
      return negate(settle(rest.part, field, value));
    case 'and':
    case 'or':
      return join(
        rest.kind,
        rest.parts.map((part) => settle(part, field, value)),
      );
  }
}

export function fieldsIn(rest: Guess, found: Set<GlanceField> = new Set()): ReadonlySet<GlanceField> {
  if (typeof rest === 'boolean') return found;
  if (rest.kind === 'test') found.add(rest.field);
  else if (rest.kind === 'not') fieldsIn(rest.part, found);
  else for (const part of rest.parts) fieldsIn(part, found);
  return found;
}
