// Which branches of conditions the tests of rules have tried: each test of a condition once held and once not.
import type { Event } from '@yagura/contracts';
import { compileCondition } from '../compile/compile-condition.ts';
import { createReading, type Reading } from '../compile/reading.ts';
import type { FieldTest, TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import { lentPath } from '../files/lend-definitions.ts';
import type { LoadedRule } from '../files/load-rules.ts';
import { placeOf, type TestPlace } from './explain-condition.ts';

export interface UntriedBranch extends TestPlace {
  /** `true`: no event in which the test held; `false`: none in which it did not. */
  readonly side: boolean;
}

export interface BranchReport {
  /** Id of the rule, or the file of shared macros, whose tests all rules try together. */
  readonly of: string;
  readonly branches: number;
  readonly tried: number;
  readonly untried: readonly UntriedBranch[];
}

interface Watched {
  readonly place: TestPlace;
  readonly holds: (reading: Reading) => boolean;
  held: boolean;
  failed: boolean;
}

export interface BranchCoverage {
  readonly observe: (rule: LoadedRule, event: Event, data?: FieldData) => void;
  readonly report: () => readonly BranchReport[];
}

const testsOf = (condition: TypedCondition): readonly FieldTest[] =>
  condition.kind === 'test'
    ? [condition]
    : condition.kind === 'not'
      ? testsOf(condition.part)
      : condition.parts.flatMap(testsOf);

const keyOf = ({ file, line, column, text }: TestPlace): string => `${file}:${line}:${column}:${text}`;

/**
 * Tests of the rule's own file count for the rule; those of macros in other files are tried by all rules that use them.
 * What is lent was tried where it comes from.
 */
export function createBranchCoverage(rules: readonly LoadedRule[]): BranchCoverage {
  const groups = new Map<string, Map<string, Watched>>();
  const ofRule = new Map<LoadedRule, readonly Watched[]>();
  for (const rule of rules)
    ofRule.set(
      rule,
      testsOf(rule.condition)
        .filter((test) => placeOf(test).file !== lentPath)
        .map((test) => watch(rule, test)),
    );

  function watch({ info }: LoadedRule, test: FieldTest): Watched {
    const place = placeOf(test);
    const of = place.file === info.file ? info.id : place.file;
    const group = groups.get(of) ?? new Map<string, Watched>();
    groups.set(of, group);
    const known = group.get(keyOf(place));
    if (known !== undefined) return known;
    const watched = { place, holds: compileCondition(test, new Map()).holds, held: false, failed: false };
    group.set(keyOf(place), watched);
    return watched;
  }

  return {
    observe: (rule, event, data) => {
      for (const watched of ofRule.get(rule) ?? [])
        if (watched.holds(createReading(event, data))) watched.held = true;
        else watched.failed = true;
    },
    report: () => [...groups].map(([of, group]) => reportOf(of, [...group.values()])),
  };
}

function reportOf(of: string, watched: readonly Watched[]): BranchReport {
  const untried = watched.flatMap(({ place, held, failed }): UntriedBranch[] => [
    ...(held ? [] : [{ ...place, side: true }]),
    ...(failed ? [] : [{ ...place, side: false }]),
  ]);
  const branches = watched.length * 2;
  return { of, branches, tried: branches - untried.length, untried };
}
