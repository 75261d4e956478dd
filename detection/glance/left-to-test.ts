// What is left to test of a condition once the tree of values has led to a place where it may hold.
import { cheapestFirst } from '../compile/cheapest-first.ts';
import { type TypedCondition, testsOf } from '../compile/typed-condition.ts';
import { branchingFields, glanceFieldOf, isOpenWithout, needsBody } from './glance-fields.ts';

const conjunctsOf = (condition: TypedCondition): readonly TypedCondition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(conjunctsOf) : [condition];

/** All that it says is told by values that the tree branches by: of what may hold at a place, it holds. */
const isDecided = (condition: TypedCondition): boolean =>
  testsOf(condition).every(({ bound, other }) => {
    const field = glanceFieldOf(bound);
    if (other !== undefined || needsBody(bound) || field === undefined) return false;
    return branchingFields.includes(field) && !isOpenWithout(field);
  });

/** Holds exactly where the condition does, of events for which the tree has chosen it. */
export const leftToTest = (condition: TypedCondition): TypedCondition =>
  cheapestFirst({ kind: 'and', parts: conjunctsOf(condition).filter((part) => !isDecided(part)) });
