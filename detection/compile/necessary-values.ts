// Which values a field must have for a condition to hold: what rules are indexed by.
import type { TypedCondition } from './typed-condition.ts';

const fixing: ReadonlySet<string> = new Set(['=', '==', 'in']);

type Values = ReadonlySet<string> | undefined;

const intersection = (one: Values, other: Values): Values =>
  one === undefined
    ? other
    : other === undefined
      ? one
      : new Set([...one].filter((value) => other.has(value)));

/** Undefined: any value, or none, may do. An empty set: the condition can never hold. */
export function necessaryValues(condition: TypedCondition, field: string): Values {
  switch (condition.kind) {
    case 'test':
      // A transformer has a key of its own, so what it is compared with never stands for the field itself.
      return condition.bound.key === field &&
        condition.other === undefined &&
        !condition.bound.field.isList &&
        fixing.has(condition.operator)
        ? new Set(condition.operands.map(String))
        : undefined;
    case 'not':
      return undefined;
    case 'and':
      return condition.parts.reduce<Values>(
        (known, part) => intersection(known, necessaryValues(part, field)),
        undefined,
      );
    case 'or': {
      const sets = condition.parts.map((part) => necessaryValues(part, field));
      const union = new Set<string>();
      for (const set of sets) {
        if (set === undefined) return undefined;
        for (const value of set) union.add(value);
      }
      return union;
    }
  }
}
