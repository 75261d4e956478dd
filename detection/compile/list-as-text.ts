// Finds a value that was surely meant to be a list: it is one's name, or nearly so, and would be compared as text.
import type { Literal } from '../language/condition.ts';
import { type OperatorName, operators } from '../language/operators.ts';
import { didYouMean } from '../language/suggestion.ts';
import type { Definitions } from './definitions.ts';

type Hint = { readonly message: string; readonly expected: string };

/** Programs have names with `-`, lists have names with `_`: only these are held to be mistyped ones. */
const isListLike = (text: string): boolean => /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(text);

export function listAsText(
  { text, isQuoted, isDataLine }: Literal,
  operator: OperatorName,
  { lists }: Pick<Definitions, 'lists'>,
): Hint | undefined {
  if (isQuoted || isDataLine) return undefined;
  if (operators[operator].takes !== 'list')
    return lists.has(text)
      ? {
          message: `"${text}" is compared as text, and it is the name of a list`,
          expected: `in (${text}), or quotes`,
        }
      : undefined;
  if (!isListLike(text)) return undefined;
  const guess = didYouMean(text, lists.keys());
  return guess === ''
    ? undefined
    : { message: `"${text}" is no list, and is compared as text${guess}`, expected: 'a list, or quotes' };
}
