// Runs one test file in a process of its own through node:test, and ends it when it does not end by itself.
import { join } from 'node:path';
import { run } from 'node:test';
import { createCollector } from './collect-results.ts';
import type { TestResult } from './test-result.ts';

export interface FileRun {
  readonly root: string;
  /** Relative to `root`. */
  readonly file: string;
  readonly testTimeoutMs: number;
  readonly fileTimeoutMs: number;
}

export const runFile = async ({
  root,
  file,
  testTimeoutMs,
  fileTimeoutMs,
}: FileRun): Promise<readonly TestResult[]> => {
  const path = join(root, file);
  const collector = createCollector(path, file);
  const signal = AbortSignal.timeout(fileTimeoutMs);
  for await (const event of run({
    files: [path],
    isolation: 'process',
    timeout: testTimeoutMs,
    signal,
    cwd: root,
  })) {
    collector.add(event);
  }
  const results = collector.results().filter((result) => !(signal.aborted && result.name === file));
  if (!signal.aborted && results.length > 0) return results;
  const reason = signal.aborted
    ? `ended after ${fileTimeoutMs} ms: a test hangs, or something it started is still open`
    : 'node:test reported nothing';
  return [...results, { file, name: file, outcome: 'failed', durationMs: fileTimeoutMs, reason }];
};
