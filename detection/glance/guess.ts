// What of a condition can be told from a glance at a record: a condition on fewer fields, which holds whenever the whole one does.
import type { GlanceField, GlanceValue } from '@yagura/contracts';
import { valueTest } from '../compile/compile-condition.ts';
import { type FieldTest, readsOf, type TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import type { Familiar } from './familiar.ts';
import { eventWith, glanceFieldOf, isOpenWithout, needsBody } from './glance-fields.ts';

export interface GuessTest {
  readonly kind: 'test';
  readonly field: GlanceField;
  readonly holds: (value: GlanceValue) => boolean;
}

/** `true`: may hold whatever the record says; `false`: cannot hold. */
export type Guess =
  | boolean
  | GuessTest
  /** A rule that has seen its like holds nothing more. */
  | { readonly kind: 'unfamiliar'; readonly familiar: Familiar }
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

function guessTest(test: FieldTest, { data, whenUnknown }: Guessing): Guess {
  if (whenUnknown && readsOf(test).some(needsBody))
    return { kind: 'test', field: 'bodies', holds: (bodies) => bodies !== undefined };
  const field = glanceFieldOf(test.bound);
  if (field === undefined || test.other !== undefined) return whenUnknown;
  const holds = valueTest(test);
  return {
    kind: 'test',
    field,
    holds: (value) => {
      if (value === undefined && isOpenWithout(field)) return whenUnknown;
      // By the field's own reader, so that both ways read alike.
      return holds(test.bound.read(eventWith(field, value), data));
    },
  };
}

interface Guessing {
  readonly data: FieldData;
  readonly whenUnknown: boolean;
}

/**
 * `whenUnknown` stands for the tests that a glance cannot decide: with `true` the guess holds at least where the
 * condition does, with `false` at most there, which is what stands behind a `not`.
 */
function guess(condition: TypedCondition, guessing: Guessing): Guess {
  switch (condition.kind) {
    case 'test':
      return guessTest(condition, guessing);
    case 'not':
      return negate(guess(condition.part, { ...guessing, whenUnknown: !guessing.whenUnknown }));
    case 'and':
    case 'or':
      return join(
        condition.kind,
        condition.parts.map((part) => guess(part, guessing)),
      );
  }
}

export const mayHold = (condition: TypedCondition, data: FieldData): Guess =>
  guess(condition, { data, whenUnknown: true });

/** The guess once the value of one field is known. */
export function settle(rest: Guess, field: GlanceField, value: GlanceValue): Guess {
  if (typeof rest === 'boolean') return rest;
  switch (rest.kind) {
    case 'test':
      return rest.field === field ? rest.holds(value) : rest;
    case 'unfamiliar':
      return rest;
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
  else if (rest.kind === 'unfamiliar') return found;
  else if (rest.kind === 'not') fieldsIn(rest.part, found);
  else for (const part of rest.parts) fieldsIn(part, found);
  return found;
}

/** What is left once all values are settled: whether one of the rules that remember has not seen the like. */
export function isOpen(rest: Guess, isKnown: (familiar: Familiar) => boolean): boolean {
  if (typeof rest === 'boolean') return rest;
  switch (rest.kind) {
    case 'test':
      return true;
    case 'unfamiliar':
      return !isKnown(rest.familiar);
    case 'not':
      return !isOpen(rest.part, isKnown);
    case 'and':
      return rest.parts.every((part) => isOpen(part, isKnown));
    case 'or':
      return rest.parts.some((part) => isOpen(part, isKnown));
  }
}

/** All tests of one field, in an order that is always the same. */
export function testsOf(guesses: readonly Guess[], field: GlanceField): readonly GuessTest[] {
  return guesses.flatMap((guess): readonly GuessTest[] => {
    if (typeof guess === 'boolean' || guess.kind === 'unfamiliar') return [];
    if (guess.kind === 'test') return guess.field === field ? [guess] : [];
    return testsOf(guess.kind === 'not' ? [guess.part] : guess.parts, field);
  });
}
