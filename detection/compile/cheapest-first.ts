// Puts the parts of a condition into an order in which little work decides: the order changes the cost, never the answer.
import type { OperatorName } from '../language/operators.ts';
import { catalogueFields, type FieldTest, readsOf, type TypedCondition } from './typed-condition.ts';

/** Against one look at one value; those that are not named cost 1. */
const operatorCosts: Partial<Readonly<Record<OperatorName, number>>> = {
  regex: 100,
  glob: 4,
  iglob: 6,
  icontains: 4,
  pmatch: 6,
  within: 6,
};
/** What is read from an object takes some steps to get there, and a list one for each of its values. */
const objectCost = 2;
const listCost = 3;
/** What stands behind a `not` is mostly an exception that hardly ever applies: it seldom decides. */
const exceptionFactor = 4;

function testCost(test: FieldTest): number {
  let cost = operatorCosts[test.operator] ?? 1;
  for (const bound of readsOf(test)) {
    if (bound.field.isList) cost += listCost;
    for (const { field } of catalogueFields(bound))
      cost += field.name.startsWith('ka.re') || field.name.startsWith('jevt.') ? objectCost : 1;
  }
  return cost;
}

interface Priced {
  readonly condition: TypedCondition;
  readonly cost: number;
}

function price(condition: TypedCondition): Priced {
  switch (condition.kind) {
    case 'test':
      return { condition, cost: testCost(condition) };
    case 'not': {
      const { condition: part, cost } = price(condition.part);
      return { condition: { kind: 'not', part }, cost: exceptionFactor * cost };
    }
    case 'and':
    case 'or': {
      const priced = flat(condition.kind, condition.parts)
        .map(price)
        .sort((one, other) => one.cost - other.cost);
      const parts = priced.map((each) => each.condition);
      return {
        condition: { kind: condition.kind, parts },
        cost: priced.reduce((sum, { cost }) => sum + cost, 0),
      };
    }
  }
}

/** What macros nest in the same kind of junction is one. */
const flat = (kind: 'and' | 'or', parts: readonly TypedCondition[]): readonly TypedCondition[] =>
  parts.flatMap((part) => (part.kind === kind ? flat(kind, part.parts) : [part]));

/** Holds exactly where the condition does. */
export const cheapestFirst = (condition: TypedCondition): TypedCondition => price(condition).condition;
