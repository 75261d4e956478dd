// The tree of a condition, as it was written: macros and lists are still names.
import type { OperatorName } from './operators.ts';
import type { Span } from './source-text.ts';
import type { TransformerName } from './transformers.ts';

/** One value to the right of an operator; an unquoted one inside a list may be the name of a list. */
export interface Literal {
  readonly text: string;
  readonly isQuoted: boolean;
  /** A line of a list that stands in a file of its own: when it does not fit, it alone is left out. */
  readonly isDataLine?: true;
  readonly span: Span;
}

export interface FieldReference {
  readonly kind: 'field';
  readonly name: string;
  readonly argument?: string;
  readonly span: Span;
}

/** `tolower(proc.name)`, `join(",", (proc.name, "x"))` */
export interface TransformerCall {
  readonly kind: 'call';
  readonly name: TransformerName;
  readonly arguments: readonly CallArgument[];
  readonly span: Span;
}

/** What is read from an event: a field, or what transformers make of some. */
export type Extraction = FieldReference | TransformerCall;

export type CallArgument =
  | Extraction
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly CallArgument[]; readonly span: Span };

export interface Comparison {
  readonly kind: 'comparison';
  readonly left: Extraction;
  readonly operator: OperatorName;
  /** Fixed values to the right; none where `right` is read from the event. */
  readonly values: readonly Literal[];
  /** `val(proc.pname)` or a transformer to the right. */
  readonly right?: Extraction;
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
