// Whether a suppression's match fits an alert; a pure question.
import { type AlertSummary, type SuppressionMatch, suppressionFields } from '@yagura/contracts';
import { compileGlob } from '@yagura/detection';
import { workloadNames } from './workload-names.ts';

/** What a match looks at. */
export type Matchable = Pick<AlertSummary, 'rule' | 'entities'>;
export type Matches = (alert: Matchable) => boolean;

const valuesOf = (field: keyof SuppressionMatch, { rule, entities }: Matchable): readonly string[] => {
  if (field === 'rule') return [rule];
  if (field === 'workload') return workloadNames(entities);
  const value = entities[field];
  return value === undefined ? [] : [value];
};

/** Every field that is given must fit. An alert without the entity does not fit, not even `*`. */
export function compileMatch(match: SuppressionMatch): Matches {
  const tests = suppressionFields.flatMap((field) => {
    const pattern = match[field];
    if (pattern === undefined) return [];
    const fits = compileGlob(pattern);
    return [(alert: Matchable) => valuesOf(field, alert).some(fits)];
  });
  return (alert) => tests.length > 0 && tests.every((test) => test(alert));
}

/** Whether it names something: a match of stars alone would hide every alert there is. */
export const isSpecific = (match: SuppressionMatch): boolean =>
  Object.values(match).some((pattern) => /[^*?]/.test(pattern));
