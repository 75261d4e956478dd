// Runs the files of one tier, a few at a time, and tells of each as it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runFile } from './run-file.ts';
import type { TestResult } from './test-result.ts';
import type { Machine, Tier } from './tiers.ts';

export interface TierRun {
  readonly tier: Tier;
  readonly files: readonly string[];
  readonly machine: Machine;
  readonly onFile: (file: string, results: readonly TestResult[]) => void;
}

const all = (
  files: readonly string[],
  outcome: 'skipped' | 'failed',
  reason: string,
): readonly TestResult[] =>
  files.map((file) => ({ file, name: 'the whole file', outcome, durationMs: 0, reason }));

/** Its exit code; what it writes is seen at once. */
async function prepare({ tier, machine }: TierRun): Promise<number | null> {
  if (tier.prepare === undefined) return 0;
  const [program, ...args] = tier.prepare;
  const child = spawn(process.execPath, [join(machine.root, program), ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code;
}

export const runTier = async (run: TierRun): Promise<readonly TestResult[]> => {
  const { tier, files, machine, onFile } = run;
  const missing = tier.missing(machine);
  if (missing !== undefined) return all(files, 'skipped', missing);
  if ((await prepare(run)) !== 0)
    return all(files, 'failed', `${tier.prepare?.join(' ')} failed; it says above why`);
  const waiting = [...files];
  const done: TestResult[] = [];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { testTimeoutMs, fileTimeoutMs } = tier;
      const results = await runFile({ root: machine.root, file, testTimeoutMs, fileTimeoutMs });
      done.push(...results);
      onFile(file, results);
    }
  };
  await Promise.all(Array.from({ length: tier.concurrency }, worker));
  return done;
};
