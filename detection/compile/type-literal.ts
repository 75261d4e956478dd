// Turns a written value into the type of the field that it is compared with.
import { findField } from '../fields/catalogue.ts';
import { eventTypeAliases } from '../fields/evt.ts';
import type { Literal } from '../language/condition.ts';
import { type Operator, type OperatorName, operators, type Scalar } from '../language/operators.ts';
import type { BoundField } from './typed-condition.ts';

export type TypedLiteral =
  | { readonly ok: true; readonly value: Scalar }
  | { readonly ok: false; readonly message: string; readonly expected: string };

/** Falco's forms of a number: decimal with or without a fraction and exponent, or hexadecimal. */
const isNumberText = (text: string): boolean =>
  /^[+-]?\d+\.?\d*(?:[eE][+-]?\d+)?$/.test(text) || /^0[xX][0-9a-fA-F]+$/.test(text);
const numericOperators: ReadonlySet<OperatorName> = new Set(['<', '<=', '>', '>=']);
/** Operators that compare a number or a flag as such; all others see it as text. */
const comparing: ReadonlySet<OperatorName> = new Set([
  ...numericOperators,
  '=',
  '==',
  '!=',
  'in',
  'intersects',
] as const);

/** An unquoted value that is a field's name is compared as text, which is hardly ever meant. */
export function fieldAsText(literal: Literal): { message: string; expected: string } | undefined {
  if (literal.isQuoted || !literal.text.includes('.') || findField(literal.text) === undefined)
    return undefined;
  return {
    message: `"${literal.text}" is compared as text, and it is the name of a field`,
    expected: `val(${literal.text}), or quotes`,
  };
}

export function typeLiteral(literal: Literal, bound: BoundField, operator: OperatorName): TypedLiteral {
  const definition: Operator = operators[operator];
  const mistake = definition.mistakeIn?.(literal.text);
  if (mistake !== undefined) return { ok: false, message: mistake, expected: `as in ${definition.example}` };
  return comparing.has(operator)
    ? compared(literal.text, bound, operator)
    : { ok: true, value: literal.text };
}

function compared(text: string, bound: BoundField, operator: OperatorName): TypedLiteral {
  const { type, name, kinds } = bound.field;
  // What a field looks like that no event has is not known well enough to refuse a value.
  if (kinds.length === 0) return { ok: true, value: isNumberText(text) ? Number(text) : text };
  if (type === 'number' || (type === 'any' && numericOperators.has(operator))) {
    if (isNumberText(text)) return { ok: true, value: Number(text) };
    return { ok: false, message: `"${text}" is not a number, and "${name}" is one`, expected: 'a number' };
  }
  if (type === 'boolean') {
    if (text === 'true' || text === 'false') return { ok: true, value: text === 'true' };
    return {
      ok: false,
      message: `"${text}" is not true or false, and "${name}" is`,
      expected: 'true or false',
    };
  }
  return { ok: true, value: name === 'evt.type' ? (eventTypeAliases[text] ?? text) : text };
}
