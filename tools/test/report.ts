// The words at the end of `npm test`: a line a file, the skipped with their reasons, a table, and the sum.
import { type Tally, type TestResult, tally } from './test-result.ts';

export interface TierReport {
  readonly name: string;
  readonly what: string;
  readonly results: readonly TestResult[];
  readonly durationMs: number;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const indent = (text: string): string => text.replace(/^/gm, '      ');

export const fileLines = (file: string, results: readonly TestResult[]): readonly string[] => {
  const { passed, failed, skipped } = tally(results);
  const parts = [`${passed} passed`, failed > 0 && `${failed} FAILED`, skipped > 0 && `${skipped} skipped`];
  const failures = results
    .filter((result) => result.outcome === 'failed')
    .flatMap((result) => [`    ✗ ${result.name}`, indent(result.reason ?? 'no reason given')]);
  return [`  ${failed > 0 ? '✗' : '✓'} ${file}: ${parts.filter(Boolean).join(', ')}`, ...failures];
};

/** Tests skipped for the same reason stand together. */
export const skippedLines = (results: readonly TestResult[]): readonly string[] => {
  const skipped = results.filter((result) => result.outcome === 'skipped');
  const byReason = Map.groupBy(skipped, (result) => result.reason ?? 'no reason given');
  return [...byReason].flatMap(([reason, tests]) => [
    `  skipped: ${reason}`,
    ...tests.map((one) => `    - ${one.file}: ${one.name}`),
  ]);
};

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(9)))
    .join('')
    .trimEnd();

export const table = (reports: readonly TierReport[]): readonly string[] => [
  row(['tier', 'passed', 'failed', 'skipped', 'time']),
  ...reports.map(({ name, results, durationMs }) => {
    const { passed, failed, skipped } = tally(results);
    return row([name, `${passed}`, `${failed}`, `${skipped}`, seconds(durationMs)]);
  }),
];

export const sumLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Nothing ran is no success. */
export const exitCodeOf = ({ passed, failed }: Tally): number => (failed > 0 || passed === 0 ? 1 : 0);
