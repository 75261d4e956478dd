// Why a rule fired for an event, or did not: its condition test by test, and what it remembered.
import type { Event, EventKind } from '@yagura/contracts';
import { createEngine } from '../engine/engine.ts';
import type { FieldData } from '../fields/field.ts';
import type { LoadedRule } from '../files/load-rules.ts';
import { type ExplainedCondition, explainCondition } from './explain-condition.ts';

export interface RuleExplanation {
  readonly rule: string;
  readonly event: { readonly id: string; readonly kind: EventKind; readonly time: string };
  /** Messages of the alerts that the event raised or counted up; none: the rule stayed silent. */
  readonly alerts: readonly string[];
  /** Why the condition alone does not decide. */
  readonly remarks: readonly string[];
  readonly condition: ExplainedCondition;
}

function remarksOf({ info, kinds, correlation }: LoadedRule, event: Event): readonly string[] {
  return [
    ...(info.enabled ? [] : ['the rule is switched off']),
    ...(kinds.includes(event.kind) ? [] : [`the rule looks at ${kinds.join(', ')}, not at ${event.kind}`]),
    ...(correlation === undefined
      ? []
      : [
          `a ${correlation.type} rule: an event that passes the condition is remembered, and may be one of several`,
        ]),
  ];
}

/** The events in their order, with one memory: the last ones show what the first ones led to. Never throws. */
export function explainRule(
  rule: LoadedRule,
  events: readonly Event[],
  data: FieldData = {},
): readonly RuleExplanation[] {
  const engine = createEngine([rule], data);
  return events.map((event) => ({
    rule: rule.info.id,
    event: { id: event.id, kind: event.kind, time: event.time },
    alerts: engine.evaluate(event).map(({ message }) => message),
    remarks: remarksOf(rule, event),
    condition: explainCondition(rule.condition, event, data),
  }));
}
