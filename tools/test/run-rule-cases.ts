// Runs the cases beside the built-in rules as a tier of their own, just as `yagura rules test` does.
import { fileURLToPath } from 'node:url';
import { builtinRules, formatProblem, runRuleTests } from '@yagura/detection';
import type { TestResult } from './test-result.ts';

export const runRuleCases = async (): Promise<readonly TestResult[]> => {
  const folder = fileURLToPath(builtinRules);
  const report = await runRuleTests(folder);
  const problems = report.problems.map(
    (problem): TestResult => ({
      file: 'detection/rules',
      name: 'loads',
      outcome: 'failed',
      durationMs: 0,
      reason: formatProblem(problem),
    }),
  );
  const cases = report.rules.flatMap(({ rule, file, message, cases }) => {
    const base = { file: `detection/rules: ${rule}`, durationMs: 0 };
    if (message !== undefined) return [{ ...base, name: file, outcome: 'failed', reason: message } as const];
    return cases.map(
      ({ name, ok, message: reason = 'failed' }): TestResult =>
        ok ? { ...base, name, outcome: 'passed' } : { ...base, name, outcome: 'failed', reason },
    );
  });
  return [...problems, ...cases];
};
