// Tells the user what went wrong and what to do about it.
import { paintFor } from './terminal/style.ts';
import type { Terminal } from './terminal/terminal.ts';

interface Failure {
  readonly message?: string;
  readonly code?: unknown;
  readonly mend?: unknown;
  readonly stack?: string;
  readonly cause?: unknown;
}

/** Returns the exit code. A stack is shown for our own mistakes only when it is asked for. */
export function reportFailure(error: unknown, terminal: Terminal, isVerbose: boolean): number {
  if (terminal.signal.aborted) return 130;
  const failure: Failure = typeof error === 'object' && error !== null ? error : { message: String(error) };
  const paint = paintFor(terminal.hasErrorColours);
  const code = typeof failure.code === 'string' ? ` (${failure.code})` : '';
  terminal.note(`${paint('red', 'error:')} ${failure.message ?? 'unknown'}${code}\n`);
  const isExpected = typeof failure.mend === 'string';
  if (isExpected) terminal.note(`  ${failure.mend}\n`);
  if (isVerbose) terminal.note(`${stacks(failure)}\n`);
  else if (!isExpected) terminal.note('  This is a mistake of ours; --verbose shows where it happened.\n');
  return 1;
}

function stacks(failure: Failure): string {
  const { cause } = failure;
  const own = failure.stack ?? '';
  return cause instanceof Error ? `${own}\ncaused by ${stacks(cause)}` : own;
}
