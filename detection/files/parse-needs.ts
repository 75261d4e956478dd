// Reads the `needs` of a rule: parts of an audit log that it cannot do without.
import { type LogPart, logPartNames } from '@yagura/contracts';
import { problemAt } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import { readTexts, type YamlItem } from './yaml-item.ts';

export function readNeeds(item: YamlItem): readonly LogPart[] | undefined {
  return readTexts(item, 'needs')?.flatMap((source) => {
    const text = source.text.trim();
    const part = logPartNames.find((name) => name === text);
    if (part !== undefined) return [part];
    const span = { source, start: 0, end: 0 };
    item.problems.push(
      problemAt(
        span,
        `"${text}" is no part of an audit log${didYouMean(text, logPartNames)}`,
        `one of ${logPartNames.join(', ')}`,
      ),
    );
    return [];
  });
}
