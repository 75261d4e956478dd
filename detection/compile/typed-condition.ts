// The tree of a condition once macros and lists are put in and every field and value has its type.
import type { AlertSource } from '@yagura/contracts';
import type { Field, ReadField } from '../fields/field.ts';
import type { Junction, Negation } from '../language/condition.ts';
import type { OperatorName, Scalar } from '../language/operators.ts';
import type { Span } from '../language/source-text.ts';

/** What is read from an event: a field with its argument, or what transformers make of fields. */
export interface BoundField {
  /** As one would write it. */
  readonly key: string;
  /** Its type, and the sources and kinds of events that have it. */
  readonly field: Pick<Field, 'name' | 'type' | 'isList' | 'isAncestry' | 'sources' | 'kinds'>;
  readonly read: ReadField;
  /** The fields of the catalogue that it is made of, where it is not one of these itself. */
  readonly parts?: readonly BoundField[];
}

export interface FieldTest {
  readonly kind: 'test';
  readonly bound: BoundField;
  readonly operator: OperatorName;
  readonly operands: readonly Scalar[];
  /** What the field is compared with, where that is read from the event too; `operands` is then empty. */
  readonly other?: BoundField;
  readonly span: Span;
}

export type TypedCondition = FieldTest | Junction<TypedCondition> | Negation<TypedCondition>;

export const supportsSource = (bound: BoundField, source: AlertSource): boolean =>
  bound.field.sources.includes(source);

/** The fields of the catalogue behind what is read. */
export const catalogueFields = (bound: BoundField): readonly BoundField[] =>
  bound.parts === undefined ? [bound] : bound.parts.flatMap(catalogueFields);

export function testsOf(condition: TypedCondition): readonly FieldTest[] {
  if (condition.kind === 'test') return [condition];
  return condition.kind === 'not' ? testsOf(condition.part) : condition.parts.flatMap(testsOf);
}

/** What a test reads: the field to the left, and what it is compared with. */
export const readsOf = (test: FieldTest): readonly BoundField[] =>
  test.other === undefined ? [test.bound] : [test.bound, test.other];
