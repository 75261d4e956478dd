// Runs all checks and reports them.
import { fileURLToPath } from 'node:url';
import { dataFolder } from '../start/data-folder.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Check, CheckResult, CheckStatus } from './check.ts';
import { checks } from './checks/index.ts';

export interface DoctorOptions {
  readonly data?: string;
  readonly json?: boolean;
}

interface Finding extends CheckResult {
  readonly id: string;
  readonly title: string;
  readonly for: string;
  readonly isRequired: boolean;
}

const marks: Readonly<Record<CheckStatus, readonly [mark: string, colour: 'green' | 'yellow' | 'red']>> = {
  ok: ['✔', 'green'],
  warn: ['!', 'yellow'],
  missing: ['✖', 'red'],
};

/** Exit code 1 when something is missing without which Yagura does not run at all. */
export async function examine(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const context = {
    terminal,
    data: dataFolder(options.data, terminal),
    root: fileURLToPath(new URL('../../', import.meta.url)),
  };
  const findings = await Promise.all(checks.map((check) => find(check, () => check.run(context))));
  const code = findings.some(({ status, isRequired }) => isRequired && status === 'missing') ? 1 : 0;
  if (options.json) {
    await terminal.print(`${JSON.stringify({ ok: code === 0, checks: findings })}\n`);
    return code;
  }
  const paint = paintFor(terminal.hasOutputColours);
  await terminal.print(`${findings.flatMap((finding) => lines(finding, paint)).join('\n')}\n`);
  return code;
}

async function find(check: Check, run: () => Promise<CheckResult>): Promise<Finding> {
  const { id, title, isRequired = false } = check;
  const result = await run().catch(
    (error: Error): CheckResult => ({
      status: 'warn',
      detail: `could not be checked: ${error.message}`,
      mend: 'Run it again with --verbose.',
    }),
  );
  return { id, title, for: check.for, isRequired, ...result };
}

function lines(finding: Finding, paint: Paint): readonly string[] {
  const [mark, colour] = marks[finding.status];
  const what = `${paint(colour, mark)} ${finding.title.padEnd(25)} ${finding.detail}`;
  if (finding.mend === undefined) return [what];
  return [what, `  ${' '.repeat(25)} ${paint('gray', `needed for ${finding.for}.`)} ${finding.mend}`];
}
