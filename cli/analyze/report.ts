// What `analyze` says at its end: the alerts on standard output, the counts on standard error.
import type { AlertDraft, Severity } from '@yagura/contracts';
import { plural } from '../terminal/plural.ts';
import { paintFor, paintSeverity } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Tally } from './tally.ts';

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

export const severityReaches = (severity: Severity, limit: string): boolean =>
  order.indexOf(severity) <= order.indexOf(limit as Severity);

/** The worst first, and the earlier of two alike. */
const byWeight = (a: AlertDraft, b: AlertDraft): number =>
  order.indexOf(a.severity) - order.indexOf(b.severity) || (a.firstSeenAt < b.firstSeenAt ? -1 : 1);

export function alertTable(alerts: readonly AlertDraft[], terminal: Terminal): string {
  if (alerts.length === 0) return '';
  const paint = paintFor(terminal.hasOutputColours);
  const rows = alerts
    .toSorted(byWeight)
    .map((alert) => [
      paintSeverity(paint, alert.severity),
      plain(alert.rule),
      String(alert.count),
      plain(alert.firstSeenAt.slice(0, 19)),
      plain(alert.message),
    ]);
  const head = ['SEVERITY', 'RULE', 'COUNT', 'FIRST SEEN', 'WHAT'];
  return table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) });
}

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

export const skippedLine = ({ skippedTotal, skipped }: Tally): string =>
  `${plural(skippedTotal, 'record')} skipped: ${counted(skipped)}\n`;

export interface Outcome {
  readonly tally: Tally;
  readonly alerts: readonly AlertDraft[];
  /** Matches that would have begun more alerts than are kept. */
  readonly leftOut: ReadonlyMap<Severity, number>;
  readonly isExact: boolean;
  readonly tookMs: number;
  /** Out of their order in time. */
  readonly lateEvents: number;
}

export function summary({ tally, alerts, leftOut, isExact, tookMs, lateEvents }: Outcome): string {
  const events = plural(tally.eventsTotal, 'event');
  const kinds = tally.eventsTotal > 0 ? ` (${counted(tally.events)})` : '';
  const severities = counted(
    Object.fromEntries(
      order
        .map((severity) => [severity, alerts.filter((alert) => alert.severity === severity).length] as const)
        .filter(([, count]) => count > 0),
    ),
  );
  const lines = [
    `${plural(alerts.length, 'alert')}${severities && ` (${severities})`} in ${events}${kinds} from ${plural(tally.files, 'file')}, ${(tookMs / 1000).toFixed(1)} s`,
    ...(tally.skippedTotal > 0
      ? [
          skippedLine(tally).trimEnd(),
          ...tally.firstSkipped.map((place) => `  ${plain(place)}`),
          ...(tally.skippedTotal > tally.firstSkipped.length ? ['  …'] : []),
        ]
      : []),
    ...(lateEvents > 0
      ? [
          `${plural(lateEvents, 'event')} stood more than five minutes behind later ones of the cluster, so that rules which count, follow steps or learn may have missed some: give records and files the oldest first`,
        ]
      : []),
    ...(leftOut.size > 0
      ? [
          `no more than ${alerts.length} alerts are kept: further matches would have begun others (${counted(Object.fromEntries(leftOut))}); analyse fewer files at a time`,
        ]
      : []),
    ...(isExact
      ? []
      : ['counts are upper bounds: there were more occurrences than can be told apart in memory']),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
