// Rules records out by a glance, before anything is parsed.
import type { AuditGlance } from '@yagura/contracts';
import type { TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import type { Familiar } from './familiar.ts';
import { fieldsIn, type Guess, isOpen, join, mayHold, settle } from './guess.ts';
import { createValueTree } from './value-tree.ts';

/** A rule as far as ruling out goes. */
export interface RuleToAsk {
  readonly condition: TypedCondition;
  readonly familiar?: Familiar | undefined;
}

type Ask = (glance: AuditGlance, cluster?: string) => boolean;

const guessOf = ({ condition, familiar }: RuleToAsk, data: FieldData): Guess =>
  familiar === undefined
    ? mayHold(condition, data)
    : join('and', [mayHold(condition, data), { kind: 'unfamiliar', familiar }]);

/** With the values that hardly repeat, which the tree has left open. */
function decide(rest: Guess, glance: AuditGlance, cluster: string | undefined): boolean {
  let open = rest;
  for (const field of fieldsIn(rest)) {
    const value = glance.read(field);
    if (value === null) return true;
    open = settle(open, field, value);
  }
  return isOpen(open, (familiar) => familiar.isKnown(glance, cluster));
}

/**
 * Answers `false` when none of the rules can fire on, or learn from, the event that the record would become, whatever
 * else is in it.
 */
export function createRuleOut(rules: readonly RuleToAsk[], data: FieldData = {}): Ask {
  const find = createValueTree(
    rules.map((rule) => ({ rule, guess: guessOf(rule, data) })),
    { isAnyEnough: true },
  );
  return (glance, cluster) => {
    const place = find(glance);
    if (place === undefined) return true;
    return typeof place.rest === 'boolean' ? place.rest : decide(place.rest, glance, cluster);
  };
}
