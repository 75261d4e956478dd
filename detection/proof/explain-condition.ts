// Which tests of a condition held for one event and which did not, with what they read: for a person who asks why.
import type { Event } from '@yagura/contracts';
import { compileCondition } from '../compile/compile-condition.ts';
import { createReading } from '../compile/reading.ts';
import type { FieldTest, TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData, FieldValue } from '../fields/field.ts';
import type { Position } from '../language/source-text.ts';

export interface TestPlace extends Position {
  readonly file: string;
  /** As it is written there, on one line. */
  readonly text: string;
}

export type ExplainedCondition =
  | (TestPlace & {
      readonly kind: 'test';
      readonly holds: boolean;
      readonly field: string;
      /** Absent where the event does not have the field. */
      readonly value?: FieldValue;
    })
  | { readonly kind: 'and' | 'or'; readonly holds: boolean; readonly parts: readonly ExplainedCondition[] }
  | { readonly kind: 'not'; readonly holds: boolean; readonly part: ExplainedCondition };

const textLimit = 200;

/** Where a test stands, in the rule's own file or in that of a macro. An exception has no text of its own. */
export function placeOf({ span, bound, operator, operands }: FieldTest): TestPlace {
  const { source, start, end } = span;
  const written = source.text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
  const text = written === '' ? `${bound.key} ${operator} (${operands.join(', ')})` : written;
  return {
    file: source.file,
    ...source.locate(start),
    text: text.length > textLimit ? `${text.slice(0, textLimit)}…` : text,
  };
}

function explainTest(test: FieldTest, event: Event, data: FieldData): ExplainedCondition {
  const value = test.bound.read(event, data);
  return {
    kind: 'test',
    holds: compileCondition(test, new Map()).holds(createReading(event, data)),
    ...placeOf(test),
    field: test.bound.key,
    ...(value === undefined ? {} : { value }),
  };
}

/** Every test is tried, those too that the engine would not get to. What macros nest is told flat. */
export function explainCondition(
  condition: TypedCondition,
  event: Event,
  data: FieldData = {},
): ExplainedCondition {
  switch (condition.kind) {
    case 'test':
      return explainTest(condition, event, data);
    case 'not': {
      const part = explainCondition(condition.part, event, data);
      return { kind: 'not', holds: !part.holds, part };
    }
    case 'and':
    case 'or': {
      const { kind } = condition;
      const parts = condition.parts
        .map((part) => explainCondition(part, event, data))
        .flatMap((part) => (part.kind === kind ? part.parts : [part]));
      const holds = kind === 'and' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
      return { kind, holds, parts };
    }
  }
}
