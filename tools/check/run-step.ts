// Runs one step of the check and keeps its words for when it fails.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Step } from './steps.ts';

export interface StepEnd {
  readonly step: Step;
  readonly isGood: boolean;
  readonly output: string;
  readonly durationMs: number;
}

const keptOutput = 100_000;

export const runStep = (step: Step, root: string): Promise<StepEnd> =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const [command = '', ...args] = step.command;
    const path = command === 'node' ? process.execPath : join(root, 'node_modules/.bin', command);
    const child = spawn(path, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk).slice(-keptOutput);
    };
    const end = (isGood: boolean): void =>
      resolve({ step, isGood, output, durationMs: performance.now() - startedAt });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      keep(Buffer.from(`${path}: ${error.message}; npm ci installs it\n`));
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
