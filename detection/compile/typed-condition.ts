// The tree of a condition once macros and lists are put in and every field and value has its type.
import type { AlertSource } from '@yagura/contracts';
import type { Field, ReadField } from '../fields/field.ts';
import type { Junction, Negation } from '../language/condition.ts';
import type { OperatorName, Scalar } from '../language/operators.ts';
import type { Span } from '../language/source-text.ts';

/** A field with its argument, ready to be read. */
export interface BoundField {
  /** Name and argument as one would write them. */
  readonly key: string;
  readonly field: Field;
  readonly read: ReadField;
}

export interface FieldTest {
  readonly kind: 'test';
  readonly bound: BoundField;
  readonly operator: OperatorName;
  readonly operands: readonly Scalar[];
  readonly span: Span;
}

export type TypedCondition = FieldTest | Junction<TypedCondition> | Negation<TypedCondition>;

export const supportsSource = (bound: BoundField, source: AlertSource): boolean =>
  bound.field.sources.includes(source);
