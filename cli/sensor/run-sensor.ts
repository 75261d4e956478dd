// Runs the collector in the foreground, for as long as the user wants.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { CliError } from '../errors.ts';
import { dataFolder } from '../start/data-folder.ts';
import { mains, nodeName, sensorSocket } from '../start/programs.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface SensorOptions {
  readonly data?: string;
  readonly socket?: string;
  readonly scope?: string;
  readonly for?: string;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

export function durationMs(text: string): number {
  const match = /^(\d{1,6})([smh])$/.exec(text);
  if (match === null) {
    throw new CliError('OPTION_INVALID', `--for ${JSON.stringify(text)} is no length of time`, {
      mend: 'Write a number and s, m or h, such as 30s.',
    });
  }
  return Number(match[1]) * (unitsMs[match[2] ?? ''] ?? 0);
}

export function runSensor(options: SensorOptions, terminal: Terminal): Promise<number> {
  const socket = options.socket ?? sensorSocket(dataFolder(options.data, terminal));
  return runCollector(['--socket', socket, ...common(options)], terminal, terminal.signal);
}

export function recordSensor(file: string, options: SensorOptions, terminal: Terminal): Promise<number> {
  const out = file === '-' ? file : resolve(file);
  const signal =
    options.for === undefined
      ? terminal.signal
      : AbortSignal.any([terminal.signal, AbortSignal.timeout(durationMs(options.for))]);
  return runCollector(['--out', out, ...common(options)], terminal, signal);
}

const common = ({ scope }: SensorOptions): readonly string[] => [
  ...['--node', nodeName(hostname())],
  ...(scope === undefined ? [] : ['--scope', scope]),
];

async function runCollector(
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  // Ctrl-C reaches only this process, which passes it on once: two would cut the collector's tidying short.
  const child = spawn(terminal.nodePath, [mains.collector, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { YAGURA_LOG_LEVEL: 'warn', ...terminal.env },
    detached: true,
  });
  let failure: CliError | undefined;
  child.on('message', (message) => {
    failure = failureOf(message) ?? failure;
    const isReady = (message as { type?: unknown }).type === 'ready';
    if (isReady && terminal.isErrorTty) terminal.note('the sensor watches; Ctrl-C ends it\n');
  });
  const code = await ended(child, signal);
  if (failure !== undefined) throw failure;
  return code;
}

function failureOf(message: unknown): CliError | undefined {
  const { type, reason, mend } = message as { type?: unknown; reason?: unknown; mend?: unknown };
  if (type !== 'failed') return undefined;
  return new CliError('PROGRAM_FAILED', `the sensor cannot run here: ${reason}`, {
    ...(typeof mend === 'string' ? { mend } : {}),
  });
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', end);
  return code ?? 1;
}
