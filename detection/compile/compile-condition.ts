// From a typed condition to closures: one that decides, and one that tells which tests held.
import type { FieldValue } from '../fields/field.ts';
import { compileContainsAny } from '../language/contains-any.ts';
import { operators, type Scalar } from '../language/operators.ts';
import { type Reading, type Slots, slotReader } from './reading.ts';
import { type BoundField, type FieldTest, readsOf, type TypedCondition } from './typed-condition.ts';

/** A field as it is written, and its value. */
export type HeldField = readonly [field: string, value: FieldValue];

export interface Compiled {
  readonly holds: (reading: Reading) => boolean;
  /** As `holds`; adds the fields of the tests that held. Called only after a match. */
  readonly collect: (reading: Reading, held: HeldField[]) => boolean;
}

const isMany = (value: FieldValue): value is readonly Scalar[] => Array.isArray(value);

function testMany(
  values: readonly Scalar[],
  passes: (value: Scalar) => boolean,
  mode: 'some' | 'every',
): boolean {
  if (values.length === 0) return false;
  return mode === 'some' ? values.some(passes) : values.every(passes);
}

/** Nobody has all ancestors in a list: `proc.aname in (…)` asks for one. */
function manyOf({ operator, bound }: FieldTest): 'some' | 'every' {
  const { takes, many } = operators[operator];
  return takes === 'list' && bound.field.isAncestry === true ? 'some' : many;
}

/** Of a test with fixed operands: whether it holds for a value of its field. */
export function valueTest(test: FieldTest): (value: FieldValue) => boolean {
  const { operator, operands } = test;
  const { build } = operators[operator];
  const many = manyOf(test);
  const passes: (value: Scalar) => boolean = build(operands);
  return (value) => {
    if (value === undefined || value === null) return false;
    return isMany(value) ? testMany(value, passes, many) : passes(value as Scalar);
  };
}

/** With fixed values the test is built once. */
function compileFixed(test: FieldTest, slots: Slots): Compiled['holds'] {
  const read = slotReader(test.bound, slots);
  const holds = valueTest(test);
  return (reading) => holds(read(reading));
}

/** With a field to the right it is built for each event. */
function compileMoving(test: FieldTest, other: BoundField, slots: Slots): Compiled['holds'] {
  const read = slotReader(test.bound, slots);
  const readOther = slotReader(other, slots);
  const { build } = operators[test.operator];
  const many = manyOf(test);
  return (reading) => {
    const value = read(reading);
    const operand = readOther(reading);
    if (value === undefined || value === null || operand === undefined || operand === null) return false;
    const passes: (value: Scalar) => boolean = build(isMany(operand) ? operand : [operand as Scalar]);
    return isMany(value) ? testMany(value, passes, many) : passes(value as Scalar);
  };
}

function compileTest(test: FieldTest, slots: Slots): Compiled {
  const holds = test.other === undefined ? compileFixed(test, slots) : compileMoving(test, test.other, slots);
  const readers = readsOf(test).map((bound) => ({ key: bound.key, read: slotReader(bound, slots) }));
  const collect = (reading: Reading, held: HeldField[]): boolean => {
    if (!holds(reading)) return false;
    for (const { key, read } of readers) held.push([key, read(reading)]);
    return true;
  };
  return { holds, collect };
}

/**
 * Whichever part fails moves forward by one, so that soon the part that decides most often is asked first: what fails
 * is the same in any order.
 */
function holdsAll(parts: readonly Compiled[]): Compiled['holds'] {
  const tests = parts.map((part) => part.holds);
  return (reading) => {
    for (let at = 0; at < tests.length; at += 1) {
      const test = tests[at] as Compiled['holds'];
      if (test(reading)) continue;
      if (at > 0) {
        tests[at] = tests[at - 1] as Compiled['holds'];
        tests[at - 1] = test;
      }
      return false;
    }
    return true;
  };
}

function compileAnd(parts: readonly Compiled[]): Compiled {
  const holds = holdsAll(parts);
  const collect: Compiled['collect'] = (reading, held) => {
    const before = held.length;
    for (const part of parts)
      if (!part.collect(reading, held)) {
        held.length = before;
        return false;
      }
    return true;
  };
  return { holds, collect };
}

function compileOr(parts: readonly Compiled[]): Compiled {
  const tests = parts.map((part) => part.holds);
  return {
    holds: (reading) => {
      for (const test of tests) if (test(reading)) return true;
      return false;
    },
    collect: (reading, held) => {
      let holds = false;
      for (const part of parts) if (part.collect(reading, held)) holds = true;
      return holds;
    },
  };
}

/** Nested `or`s as one: macros that are lists of alternatives join those of the rule. */
const alternatives = (parts: readonly TypedCondition[]): readonly TypedCondition[] =>
  parts.flatMap((part) => (part.kind === 'or' ? alternatives(part.parts) : [part]));

/** All `contains` on one field among alternatives are tested in one pass. */
function compileContains(tests: readonly FieldTest[], slots: Slots): readonly Compiled[] {
  const [first] = tests;
  if (first === undefined) return [];
  const read = slotReader(first.bound, slots);
  const containsAny = compileContainsAny(tests.flatMap(({ operands }) => operands.map(String)));
  const holds = (reading: Reading): boolean => {
    const value = read(reading);
    return value !== undefined && value !== null && containsAny(String(value));
  };
  const collect = (reading: Reading, held: HeldField[]): boolean => {
    if (!holds(reading)) return false;
    held.push([first.bound.key, read(reading)]);
    return true;
  };
  return [{ holds, collect }];
}

const isFusible = (part: TypedCondition): part is FieldTest =>
  part.kind === 'test' &&
  part.operator === 'contains' &&
  part.other === undefined &&
  part.bound.field.type === 'text' &&
  !part.bound.field.isList;

/** Fused tests stand where the first of them stood. */
function compileAlternatives(parts: readonly TypedCondition[], slots: Slots): readonly Compiled[] {
  const flat = alternatives(parts);
  const byField = Map.groupBy(flat.filter(isFusible), (test) => test.bound.key);
  return flat.flatMap((part) => {
    if (!isFusible(part)) return [compileCondition(part, slots)];
    const tests = byField.get(part.bound.key) ?? [];
    return part === tests[0] ? compileContains(tests, slots) : [];
  });
}

export function compileCondition(condition: TypedCondition, slots: Slots): Compiled {
  switch (condition.kind) {
    case 'test':
      return compileTest(condition, slots);
    case 'not': {
      const { holds } = compileCondition(condition.part, slots);
      const fails: Compiled['holds'] = (reading) => !holds(reading);
      return { holds: fails, collect: fails };
    }
    case 'and':
      return compileAnd(condition.parts.map((part) => compileCondition(part, slots)));
    case 'or':
      return compileOr(compileAlternatives(condition.parts, slots));
  }
}
