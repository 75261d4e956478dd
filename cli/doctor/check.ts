// What a check of `yagura doctor` is: one thing that this machine has or lacks.
import type { Terminal } from '../terminal/terminal.ts';

export interface CheckContext {
  readonly terminal: Terminal;
  /** Data folder of the local installation; it need not be there. */
  readonly data: string;
  /** Root of the checkout. */
  readonly root: string;
}

export type CheckStatus = 'ok' | 'warn' | 'missing';

export interface CheckResult {
  readonly status: CheckStatus;
  readonly detail: string;
  /** What to do about it; for all but `ok`. */
  readonly mend?: string;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  /** What does not work without it. */
  readonly for: string;
  /** Without it Yagura does not run at all: it decides the exit code. */
  readonly isRequired?: boolean;
  run(context: CheckContext): Promise<CheckResult>;
}

export const ok = (detail: string): CheckResult => ({ status: 'ok', detail });
export const warn = (detail: string, mend: string): CheckResult => ({ status: 'warn', detail, mend });
export const missing = (detail: string, mend: string): CheckResult => ({ status: 'missing', detail, mend });
