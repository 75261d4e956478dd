// `npm run fuzz -- TARGET… [--count N] [--seed N] [--from N] [--json]`: no crash, no hang, no memory without bound.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FuzzReport, runFuzz } from './run-fuzz.ts';
import { targets } from './targets/index.ts';

const limitMs = 50;

const usage = (): string =>
  [
    'npm run fuzz -- TARGET… [--count N] [--seed N] [--from N] [--json]',
    '',
    ...Object.entries(targets).map(([name, { describe }]) => `  ${name.padEnd(10)} ${describe}`),
    '',
    `  --count    inputs, 10000 unless told; each must end within ${limitMs} ms`,
    '  --seed     other inputs for another number, 1 unless told',
    '  --from     index of the first input: with --count 1 a finding is made again',
    '  --json     the report as JSON',
    '',
  ].join('\n');

function textOf(name: string, report: FuzzReport): string {
  const folder =
    report.findings.length === 0 ? undefined : mkdtempSync(join(tmpdir(), `yagura-fuzz-${name}-`));
  const findings = report.findings.map(({ index, what, text }) => {
    const file = join(folder ?? '.', `${index}.txt`);
    writeFileSync(file, text);
    return `  input ${index} ${what}\n    ${file}`;
  });
  const outcomes = Object.entries(report.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `${name}: ${report.inputs} inputs in ${report.seconds} s, ${report.findings.length} findings`,
    `  slowest ${report.slowestMs} ms (input ${report.slowestIndex}), heap up to ${report.heapPeakMb} MB, memory up to ${report.rssPeakMb} MB`,
    `  ${outcomes.join(', ')}`,
    ...findings,
    '',
  ].join('\n');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [count, seed, from] = [values.count, values.seed, values.from].map(Number);
const isCounted = [count, seed, from].every((number) => Number.isInteger(number));

if (values.help || positionals.length === 0 || !isCounted || positionals.some((name) => !(name in targets))) {
  process.stderr.write(usage());
  process.exitCode = values.help ? 0 : 1;
} else
  for (const name of positionals) {
    const target = targets[name];
    if (target === undefined) continue;
    const report = await runFuzz(target, { count: count ?? 0, seed: seed ?? 1, from: from ?? 0, limitMs });
    process.stdout.write(
      values.json ? `${JSON.stringify({ target: name, ...report })}\n` : textOf(name, report),
    );
    if (report.findings.length > 0) process.exitCode = 1;
  }
