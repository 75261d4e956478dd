// Chooses, of all rules, the few that may hold for an audit event, by the values that a glance at its record would tell.
import {
  type ApiRequested,
  type AuditGlance,
  type GlanceField,
  type GlanceValue,
  glancePlaces,
} from '@yagura/contracts';
import type { TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import { isLeftOut } from '../fields/ka-control-plane.ts';
import { atPath, inside } from '../fields/outside-value.ts';
import { glanceValueOf } from './glance-fields.ts';
import { mayHold } from './guess.ts';
import { createValueTree } from './value-tree.ts';

/** The values of an event, read as carefully as fields read them. */
class EventValues implements AuditGlance {
  #event: ApiRequested | undefined;

  turnTo(event: ApiRequested): void {
    this.#event = event;
  }

  raw(field: GlanceField): string {
    const value = this.read(field);
    if (typeof value === 'string') return value;
    if (!Array.isArray(value)) return String(value ?? '');
    // One value is the usual case, and no text of JSON begins so.
    return value.length === 1 ? `=${value[0]}` : JSON.stringify(value);
  }

  read(field: GlanceField): GlanceValue {
    if (field === 'bodies') return this.#bodies();
    if (field === 'kept') return this.#kept();
    return glanceValueOf(field, atPath(this.#event?.request, glancePlaces[field]));
  }

  #kept(): 'yes' | undefined {
    return this.#event === undefined || isLeftOut(this.#event) ? undefined : 'yes';
  }

  #bodies(): 'some' | undefined {
    const request = inside(this.#event?.request);
    const isThere = request?.requestObject !== undefined || request?.responseObject !== undefined;
    return isThere ? 'some' : undefined;
  }
}

export interface ChoosableRule<Rule> {
  readonly rule: Rule;
  readonly condition: TypedCondition;
}

/** Keeps the order of the rules. `undefined`: nothing can be told, all may hold. */
export function createRuleChoice<Rule>(
  rules: readonly ChoosableRule<Rule>[],
  data: FieldData,
): (event: ApiRequested) => readonly Rule[] | undefined {
  const find = createValueTree(
    rules.map(({ rule, condition }) => ({ rule, guess: mayHold(condition, data) })),
    { isAnyEnough: false },
  );
  const values = new EventValues();
  return (event) => {
    values.turnTo(event);
    return find(values)?.rules;
  };
}
