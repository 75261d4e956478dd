// What a rule remembers between events: a threshold, a sequence or a novelty, checked and bound to fields.
import type { BoundField, TypedCondition } from '../compile/typed-condition.ts';

export interface Threshold {
  readonly type: 'threshold';
  /** Fields whose values make events belong together; none: all of the cluster. */
  readonly by: readonly BoundField[];
  readonly withinMs: number;
  readonly count: number;
  /** Distinct values of this field are counted, not events. */
  readonly distinct?: BoundField;
}

export interface SequenceStep {
  readonly name: string;
  /** An event that must not come between the steps beside it. */
  readonly isForbidden: boolean;
  readonly condition: TypedCondition;
}

export interface Sequence {
  readonly type: 'sequence';
  readonly by: readonly BoundField[];
  readonly withinMs: number;
  readonly steps: readonly SequenceStep[];
}

export interface Novelty {
  readonly type: 'novelty';
  /** Whose habits are learnt; none: those of the whole cluster. */
  readonly by: readonly BoundField[];
  /** What is new or rare. */
  readonly of: readonly BoundField[];
  readonly learnMs: number;
  /** A value is rare while it was seen fewer times than this; 1: never before. */
  readonly rare: number;
  /** What was not seen for this long is forgotten. */
  readonly rememberMs: number;
}

export type Correlation = Threshold | Sequence | Novelty;

const keysOf = (fields: readonly BoundField[]): string => fields.map(({ key }) => key).join(',');

/** What is remembered under one shape is of use only to a rule of the same shape. */
export function shapeOf(correlation: Correlation): string {
  const { type, by } = correlation;
  switch (type) {
    case 'threshold':
      return `${type} 1 by=${keysOf(by)} of=${correlation.distinct?.key ?? ''}`;
    case 'sequence':
      return `${type} 1 by=${keysOf(by)} steps=${correlation.steps.map(({ name }) => name).join(',')}`;
    case 'novelty':
      return `${type} 1 by=${keysOf(by)} of=${keysOf(correlation.of)}`;
  }
}

/** Fields that make two alerts of such a rule the same, unless it names its own. */
export const identityOf = (correlation: Correlation): readonly BoundField[] =>
  correlation.type === 'novelty' ? [...correlation.by, ...correlation.of] : correlation.by;
