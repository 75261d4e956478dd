// An alert as one row of a table.
import type { AlertSummary } from '@yagura/contracts';
import { relativeTime } from '../terminal/relative-time.ts';
import { type Paint, paintSeverity } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';

export const alertHead: readonly string[] = ['ID', 'SEVERITY', 'RULE', 'COUNT', 'LAST SEEN', 'WHERE', 'WHAT'];

/** The most telling of where it happened: cluster, then namespace and pod, or node. */
export function whereOf({ entities }: AlertSummary): string {
  const { cluster, namespace, pod, node, container } = entities;
  const inside =
    pod === undefined ? (node ?? container?.slice(0, 12)) : [namespace, pod].filter(Boolean).join('/');
  return plain([cluster, inside].filter(Boolean).join(' ') || '-');
}

export function alertRow(alert: AlertSummary, paint: Paint, now: number): readonly string[] {
  return [
    plain(alert.id),
    paintSeverity(paint, alert.severity),
    plain(alert.rule),
    String(alert.count),
    relativeTime(alert.lastSeenAt, now),
    whereOf(alert),
    `${alert.suppressedBy === undefined ? '' : paint('gray', '(suppressed) ')}${alert.status === 'closed' ? paint('gray', '(closed) ') : ''}${plain(alert.message)}`,
  ];
}
