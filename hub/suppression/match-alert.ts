// Whether a suppression's match fits an alert; a pure question.
import {
  type AlertSummary,
  type Entities,
  type SuppressionMatch,
  suppressionFields,
} from '@yagura/contracts';
import { compileGlob, namesOfPod } from '@yagura/detection';

/** What a match looks at. */
export type Matchable = Pick<AlertSummary, 'rule' | 'entities'>;
export type Matches = (alert: Matchable) => boolean;

/** A person may mean the pod, its replica set, what it belongs to, or the audited object. */
const workloadNames = ({ pod, workload, resource }: Entities): readonly string[] =>
  [
    ...(pod === undefined ? [] : namesOfPod(pod)),
    workload ?? '',
    resource?.slice(resource.lastIndexOf('/') + 1) ?? '',
  ].filter((name) => name !== '');

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
