// Runs the files of one tier, a few at a time, and tells of each as it ends.
import { runFile } from './run-file.ts';
import type { TestResult } from './test-result.ts';
import type { Machine, Tier } from './tiers.ts';

export interface TierRun {
  readonly tier: Tier;
  readonly files: readonly string[];
  readonly machine: Machine;
  readonly onFile: (file: string, results: readonly TestResult[]) => void;
}

const skipAll = (files: readonly string[], reason: string): readonly TestResult[] =>
  files.map((file) => ({ file, name: 'the whole file', outcome: 'skipped', durationMs: 0, reason }));

export const runTier = async ({ tier, files, machine, onFile }: TierRun): Promise<readonly TestResult[]> => {
  const missing = tier.missing(machine);
  if (missing !== undefined) return skipAll(files, missing);
  const waiting = [...files];
  const all: TestResult[] = [];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { testTimeoutMs, fileTimeoutMs } = tier;
      const results = await runFile({ root: machine.root, file, testTimeoutMs, fileTimeoutMs });
      all.push(...results);
      onFile(file, results);
    }
  };
  await Promise.all(Array.from({ length: tier.concurrency }, worker));
  return all;
};
