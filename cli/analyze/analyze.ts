// Reads files, runs their events through the rules and reports the alerts, in memory that the files' size does not move.
import { readAuditLines } from '@yagura/connector-kubernetes';
import type { AlertDraft, AuditGlance } from '@yagura/contracts';
import { type AlertCollector, createAlertCollector, type Engine } from '@yagura/detection';
import { ocsfLine } from '../alerts/ocsf-line.ts';
import { CliError } from '../errors.ts';
import { paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { EventOrder } from './event-order.ts';
import { loadEngine } from './load-engine.ts';
import { toJson } from './log-forms.ts';
import { createProgress, type Progress } from './progress.ts';
import { type ReadRecord, RecordReader } from './read-event.ts';
import { openInput } from './read-input.ts';
import { alertTable, severityReaches, summary } from './report.ts';
import { Tally } from './tally.ts';

export interface AnalyzeOptions {
  readonly json?: boolean;
  readonly format?: string;
  readonly rules?: readonly string[];
  readonly lists?: readonly string[];
  readonly builtin: boolean;
  readonly failOn?: string;
  readonly cluster?: string;
  readonly quiet?: boolean;
}

interface Analysis {
  readonly engine: Engine;
  readonly collector: AlertCollector;
  readonly reader: RecordReader;
  readonly tally: Tally;
  readonly order: EventOrder;
  readonly progress: Progress;
  readonly terminal: Terminal;
}

/** Returns the exit code. */
export async function analyze(
  files: readonly string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<number> {
  const startedAt = terminal.now();
  const { engine, problems } = await loadEngine(options);
  const paint = paintFor(terminal.hasErrorColours);
  for (const problem of problems) terminal.note(`${paint('yellow', 'left out:')} ${problem}\n`);
  const analysis: Analysis = {
    engine,
    collector: createAlertCollector(),
    reader: new RecordReader(options.cluster),
    tally: new Tally(),
    order: new EventOrder(),
    progress: createProgress(terminal, options.quiet ?? false),
    terminal,
  };
  const failures = await readAll(files, analysis);
  for (const record of analysis.reader.end()) take(record, analysis);
  const alerts = analysis.collector.drafts();
  const isExact = analysis.collector.isExact();
  const leftOut = analysis.collector.leftOut();
  await printAlerts(alerts, options, terminal);
  if (!options.quiet) {
    const tookMs = terminal.now() - startedAt;
    const { tally, order } = analysis;
    terminal.note(summary({ tally, alerts, leftOut, isExact, tookMs, lateEvents: order.late }));
  }
  const allFailures = analysis.tally.isNothingRead() ? [...failures, nothingRead()] : failures;
  for (const failure of allFailures)
    terminal.note(`${paint('red', 'error:')} ${failure.message}\n  ${failure.mend}\n`);
  if (allFailures.length > 0) return 1;
  const { failOn } = options;
  const found = [...alerts.map(({ severity }) => severity), ...leftOut.keys()];
  return failOn !== undefined && found.some((severity) => severityReaches(severity, failOn)) ? 2 : 0;
}

/** Who waits for an exit code must not take the wrong file for a quiet cluster. */
const nothingRead = (): CliError =>
  new CliError('FILE_UNREADABLE', 'nothing could be read', {
    mend: 'Name audit logs in JSON, as API servers and clouds write them, or recorded events.',
  });

async function printAlerts(
  alerts: readonly AlertDraft[],
  { json, format = json ? 'json' : 'table' }: AnalyzeOptions,
  terminal: Terminal,
): Promise<void> {
  if (format === 'table') return terminal.print(alertTable(alerts, terminal));
  const write = format === 'ocsf' ? ocsfLine : JSON.stringify;
  for (const alert of alerts) await terminal.print(`${write(alert)}\n`);
}

/** A file that cannot be read costs only itself. */
async function readAll(files: readonly string[], analysis: Analysis): Promise<readonly CliError[]> {
  const failures: CliError[] = [];
  for (const file of files) {
    try {
      await readOne(file, analysis);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures.push(error);
    } finally {
      analysis.progress.clear();
    }
  }
  return failures;
}

async function readOne(file: string, analysis: Analysis): Promise<void> {
  const { terminal, reader, engine, tally, progress } = analysis;
  const isRuledOut = (glance: AuditGlance): boolean => {
    if (engine.mayMatch(glance, reader.cluster)) return false;
    tally.countEvent('api.requested');
    return true;
  };
  const input = await openInput(file, terminal.input);
  tally.files += 1;
  for await (const pieces of readAuditLines(toJson(input.chunks), { isRuledOut })) {
    terminal.signal.throwIfAborted();
    for (const piece of pieces) {
      const place = `${input.name}:${piece.line}`;
      if (!piece.ok) {
        take(piece, analysis, place);
        continue;
      }
      let records = reader.read(piece.value);
      if (records === 'needs-schemas') {
        await reader.loadSchemas();
        records = reader.read(piece.value);
      }
      if (records !== 'needs-schemas') for (const record of records) take(record, analysis, place);
    }
    progress.show(input, tally);
  }
}

/** `place`: file and line that it began in; what was held back has none. */
function take(record: ReadRecord, { engine, collector, tally, order }: Analysis, place?: string): void {
  if (record.ok === 'aside') return;
  if (!record.ok) {
    tally.countSkipped(record.reason, place);
    return;
  }
  tally.countEvent(record.event.kind);
  order.watch(record.event);
  for (const match of engine.evaluate(record.event)) collector.add(match);
}
