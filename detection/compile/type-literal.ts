// Turns a written value into the type of the field that it is compared with.

import { parseNetwork } from '../data/address.ts';
import { eventTypeAliases } from '../fields/evt.ts';
import type { Literal } from '../language/condition.ts';
import type { OperatorName, Scalar } from '../language/operators.ts';
import type { BoundField } from './typed-condition.ts';

export type TypedLiteral =
  | { readonly ok: true; readonly value: Scalar }
  | { readonly ok: false; readonly message: string; readonly expected: string };

const isNumberText = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
const numericOperators: ReadonlySet<OperatorName> = new Set(['<', '<=', '>', '>=']);

export function typeLiteral(literal: Literal, bound: BoundField, operator: OperatorName): TypedLiteral {
  const { text } = literal;
  const { type, name } = bound.field;
  if (operator === 'within' && parseNetwork(text) === undefined)
    return {
      ok: false,
      message: `"${text}" is no address and no network`,
      expected: 'as 192.0.2.7 or 192.0.2.0/24',
    };
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
