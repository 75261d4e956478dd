// What is known of one test after it has run.

export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  /** Why it was skipped, or how it failed. */
  readonly reason?: string;
}

export type Tally = Readonly<Record<TestResult['outcome'], number>>;

export const tally = (results: readonly TestResult[]): Tally => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) counts[result.outcome] += 1;
  return counts;
};
