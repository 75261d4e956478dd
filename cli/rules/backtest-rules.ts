// Runs past events through the present rules and through those with the proposed ones, and sets the counts side by side.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Backtest,
  type BacktestCount,
  type BacktestReport,
  type BacktestRule,
  builtinRules,
  createBacktest,
  loadCountries,
  readListsFor,
} from '@yagura/detection';
import { loadRuleSet, unreadLists, withUniqueIds } from '../analyze/load-rule-set.ts';
import { createProgress } from '../analyze/progress.ts';
import { readEvents } from '../analyze/read-events.ts';
import { skippedLine } from '../analyze/report.ts';
import { Tally } from '../analyze/tally.ts';
import { CliError } from '../errors.ts';
import { plural } from '../terminal/plural.ts';
import { paintFor } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { requireRuleFiles } from './require-rule-files.ts';

export interface BacktestCliOptions {
  readonly rules: readonly string[];
  readonly events: readonly string[];
  readonly present?: readonly string[];
  readonly lists?: readonly string[];
  readonly builtin: boolean;
  readonly json?: boolean;
}

/** A folder stands for all files in it, in the order of their names, which for rotated logs is that of time. */
async function filesOf(path: string): Promise<readonly string[]> {
  if (path === '-' || !(await stat(path).catch(() => undefined))?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

interface Reading {
  readonly tally: Tally;
  readonly failures: readonly CliError[];
}

async function readAll(paths: readonly string[], run: Backtest, terminal: Terminal): Promise<Reading> {
  const tally = new Tally();
  const failures: CliError[] = [];
  const progress = createProgress(terminal, false);
  for (const file of (await Promise.all(paths.map(filesOf))).flat()) {
    try {
      await readEvents(file, terminal, {
        take: (event) => {
          tally.countEvent(event.kind);
          run.observe(event);
          return true;
        },
        skip: (reason) => tally.countSkipped(reason),
        onChunk: (input) => progress.show(input, tally),
      });
      tally.files += 1;
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures.push(error);
    } finally {
      progress.clear();
    }
  }
  return { tally, failures };
}

const printReport = (
  report: BacktestReport,
  { json }: BacktestCliOptions,
  terminal: Terminal,
): Promise<void> => terminal.print(json ? `${JSON.stringify(report)}\n` : reportText(report, terminal));

/** Returns the exit code. */
export async function backtest(options: BacktestCliOptions, terminal: Terminal): Promise<number> {
  const { lists } = options;
  const present = withUniqueIds(
    await loadRuleSet([...(options.builtin ? [builtinRules] : []), ...(options.present ?? [])], lists),
  );
  await requireRuleFiles(options.rules);
  const proposed = await loadRuleSet(options.rules, lists);
  const { countries } = loadCountries(await readListsFor(builtinRules, lists));
  const run = createBacktest({ present: present.rules, proposed: proposed.rules, countries });
  const { tally, failures } = await readAll(options.events, run, terminal);
  // Counts of nothing would pass for an answer.
  const isRead = tally.files > 0 || failures.length === 0;
  if (isRead) await printReport(run.report(), options, terminal);
  const unread = await unreadLists([...options.rules, ...(options.present ?? [])], lists);
  for (const problem of [...present.problems, ...proposed.problems, ...unread])
    terminal.note(`left out: ${problem}\n`);
  if (tally.skippedTotal > 0) terminal.note(skippedLine(tally));
  for (const failure of failures) terminal.note(`error: ${failure.message}\n  ${failure.mend}\n`);
  return proposed.problems.length > 0 || failures.length > 0 ? 1 : 0;
}

const cell = (count: BacktestCount | undefined): readonly [string, string] =>
  count === undefined ? ['-', '-'] : [String(count.alerts), String(count.occurrences)];

const entityText = ({ proposed, present }: BacktestRule): string =>
  (proposed ?? present)?.entities
    .slice(0, 4)
    .map(({ kind, value, alerts }) => `${kind} ${plain(value)}${alerts > 1 ? ` ×${alerts}` : ''}`)
    .join(', ') ?? '';

/** An event that two rules match counts for each. */
const alertsText = ({ alerts, occurrences }: BacktestCount): string =>
  `${plural(alerts, 'alert')} (${plural(occurrences, 'match', 'matches')})`;

function reportText(
  { events, proposed, present, rules, isExact }: BacktestReport,
  terminal: Terminal,
): string {
  const paint = paintFor(terminal.hasOutputColours);
  const rows = rules.map((row) => [row.rule, ...cell(row.proposed), ...cell(row.present), entityText(row)]);
  const head = ['RULE', 'ALERTS', 'EVENTS', 'NOW ALERTS', 'NOW EVENTS', 'ON'];
  const lines = [
    `${plural(events, 'event')}: ${alertsText(proposed)} with the proposed rules, ${alertsText(present)} with the present ones.`,
    ...(isExact
      ? []
      : ['Counts are upper bounds: there were more occurrences than can be told apart in memory.']),
  ];
  const tableText =
    rows.length === 0
      ? ''
      : table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) });
  return `${tableText}${lines.join('\n')}\n`;
}
