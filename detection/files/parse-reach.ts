// Reads on what logs a rule works: parts that it cannot do without, that it sees more with, and providers.
import { auditProviders, logPartNames } from '@yagura/contracts';
import { problemAt } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import type { ParsedRule } from './parsed-item.ts';
import { readTexts, type YamlItem } from './yaml-item.ts';

interface Words<Word extends string> {
  readonly key: string;
  readonly known: readonly Word[];
  /** What an unknown word is not. */
  readonly noun: string;
}

function readWords<Word extends string>(
  item: YamlItem,
  { key, known, noun }: Words<Word>,
): readonly Word[] | undefined {
  return readTexts(item, key)?.flatMap((source) => {
    const text = source.text.trim();
    const word = known.find((name) => name === text);
    if (word !== undefined) return [word];
    const span = { source, start: 0, end: 0 };
    item.problems.push(
      problemAt(span, `"${text}" is no ${noun}${didYouMean(text, known)}`, `one of ${known.join(', ')}`),
    );
    return [];
  });
}

type Reach = Pick<ParsedRule, 'needs' | 'betterWith' | 'onlyOn'>;

export function readReach(item: YamlItem): Reach {
  const parts = { known: logPartNames, noun: 'part of an audit log' };
  const needs = readWords(item, { key: 'needs', ...parts });
  const betterWith = readWords(item, { key: 'better_with', ...parts });
  const onlyOn = readWords(item, { key: 'only_on', known: auditProviders, noun: 'provider of clusters' });
  return {
    ...(needs === undefined ? {} : { needs }),
    ...(betterWith === undefined ? {} : { betterWith }),
    ...(onlyOn === undefined ? {} : { onlyOn }),
  };
}
