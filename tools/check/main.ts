// `npm run check`: format, lint, types, structure and unit tests, two at a time, each with its time.
import { join } from 'node:path';
import { runStep, type StepEnd } from './run-step.ts';
import { steps } from './steps.ts';

const root = join(import.meta.dirname, '../..');

const failingPart = (output: string): string => {
  const lines = output.split('\n').filter((line) => !line.startsWith('  ✓ '));
  return lines.join('\n').trim();
};

const print = ({ step, isGood, output, durationMs }: StepEnd): void => {
  const time = `${(durationMs / 1000).toFixed(1)} s`.padStart(7);
  process.stdout.write(`${isGood ? '✓' : '✗'} ${step.name.padEnd(14)}${time}\n`);
  if (isGood) return;
  process.stdout.write(`${failingPart(output)}\n`);
  if (step.mend !== undefined) process.stdout.write(`to mend: ${step.mend}\n`);
};

const waiting = [...steps];
const ends: StepEnd[] = [];
const worker = async (): Promise<void> => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const end = await runStep(step, root);
    ends.push(end);
    print(end);
  }
};

const startedAt = performance.now();
await Promise.all([worker(), worker()]);
const bad = ends.filter(({ isGood }) => !isGood).map(({ step }) => step.name);
const time = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
process.stdout.write(bad.length === 0 ? `all good in ${time}\n` : `not good: ${bad.join(', ')} (${time})\n`);
process.exitCode = bad.length === 0 ? 0 : 1;
