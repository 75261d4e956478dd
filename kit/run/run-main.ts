// The frame of every program: signals end it in order, errors end it with a code and say how to mend them.
import process from 'node:process';
import type { FlagValue } from '../config/read-config.ts';
import { ConfigError } from '../errors.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { parseFlags } from './parse-flags.ts';

export interface MainContext {
  /** Fires on SIGINT, SIGTERM, and when the parent that opened an IPC channel is gone. */
  readonly signal: AbortSignal;
  /** Without `log-level` and `help`, which are dealt with here. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly positionals: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  /** Tells the parent over its IPC channel; false without one. */
  readonly notify: (message: object) => boolean;
}

export interface MainOptions {
  /** Printed for `--help`. */
  readonly help?: string;
}

/** Exit code: what `main` returns, else 0; 1 after an error, 2 after a ConfigError, 130 after a second signal. */
export async function runMain(
  name: string,
  main: (context: MainContext) => Promise<number | undefined> | Promise<void>,
  options: MainOptions = {},
): Promise<void> {
  const { flags, positionals } = parseFlags(process.argv.slice(2));
  const { 'log-level': logLevel, help, ...rest } = flags;
  if (help !== undefined) {
    process.stdout.write(`${options.help ?? name}\n`);
    return;
  }
  const level = typeof logLevel === 'string' ? logLevel : process.env['YAGURA_LOG_LEVEL'];
  const log = createLogger({ name, ...(level ? { level } : {}) });
  const end = (error: unknown): never => process.exit(report(log, error));
  process.once('uncaughtException', end);
  process.once('unhandledRejection', end);
  const signal = endSignal();
  try {
    const code = await main({ signal, flags: rest, positionals, env: process.env, log, notify });
    process.exit(code ?? 0);
  } catch (error) {
    if (signal.aborted && (error === signal.reason || (error as Error).name === 'AbortError'))
      process.exit(0);
    end(error);
  }
}

function notify(message: object): boolean {
  if (!process.send || !process.connected) return false;
  // The callback takes the error of a parent that went away in between; 'disconnect' deals with that.
  process.send(message, undefined, {}, () => {});
  return true;
}

function endSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error(`ended by ${signal}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  if (process.send) process.once('disconnect', () => controller.abort(new Error('the parent is gone')));
  return controller.signal;
}

function report(log: Logger, error: unknown): number {
  const { code, mend, message } = error as { code?: string; mend?: string; message?: string };
  const text = message ?? String(error);
  // An error with a mend was foreseen: its stack would only hide what to do.
  if (mend === undefined) log.fatal({ err: error }, text);
  else log.fatal({ code, mend }, text);
  return error instanceof ConfigError ? 2 : 1;
}
