// The tree of a condition, as it was written: macros and lists are still names.
import type { OperatorName } from './operators.ts';
import type { Span } from './source-text.ts';

/** One value to the right of an operator; an unquoted one inside a list may be the name of a list. */
export interface Literal {
  readonly text: string;
  readonly isQuoted: boolean;
  /** A line of a list that stands in a file of its own: when it does not fit, it alone is left out. */
  readonly isDataLine?: true;
  readonly span: Span;
}

export interface FieldReference {
  readonly name: string;
  readonly argument?: string;
  readonly span: Span;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly field: FieldReference;
  readonly operator: OperatorName;
  readonly values: readonly Literal[];
  /** `in shells` instead of `in (a, b)`: the one value must be the name of a list. */
  readonly isListName: boolean;
  readonly span: Span;
}

export interface MacroUse {
  readonly kind: 'macro';
  readonly name: string;
  readonly span: Span;
}

export interface Junction<Node> {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Node[];
}

export interface Negation<Node> {
  readonly kind: 'not';
  readonly part: Node;
}

export type Condition = Comparison | MacroUse | Junction<Condition> | Negation<Condition>;
