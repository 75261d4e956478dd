// Puts macros and lists into the steps of a sequence, and makes its gate narrow enough for the index.
import type { Definitions, ExpandedMacro } from '../compile/definitions.ts';
import { typeCondition } from '../compile/type-condition.ts';
import type { TypedCondition } from '../compile/typed-condition.ts';
import type { Correlation } from '../state/correlation.ts';
import type { ParsedRule } from './parsed-item.ts';

export interface TypedRule {
  /** What an event must be for the rule to look at it. */
  readonly condition: TypedCondition;
  readonly uses: ReadonlySet<string>;
  readonly correlation?: Correlation;
}

/** Undefined when there was a mistake in a step; it is then among `definitions.problems`. */
export function typeCorrelation(
  rule: ParsedRule,
  gate: ExpandedMacro,
  definitions: Definitions,
): TypedRule | undefined {
  const { correlation } = rule;
  if (correlation?.type !== 'sequence')
    return {
      condition: gate.condition,
      uses: gate.uses,
      ...(correlation === undefined ? {} : { correlation }),
    };
  const typed = correlation.steps.map((step) => typeCondition(step.condition, definitions));
  const known = typed.filter((step) => step !== undefined);
  if (known.length < typed.length) return undefined;
  const steps = correlation.steps.flatMap(({ name, isForbidden }, index) => {
    const step = known[index];
    return step === undefined ? [] : [{ name, isForbidden, condition: step.condition }];
  });
  const anyStep: TypedCondition = { kind: 'or', parts: steps.map(({ condition }) => condition) };
  return {
    condition: { kind: 'and', parts: [gate.condition, anyStep] },
    uses: new Set([...gate.uses, ...known.flatMap(({ uses }) => [...uses])]),
    correlation: { ...correlation, steps },
  };
}
