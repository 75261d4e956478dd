// `yagura alerts list`: pages through a hub's alerts.
import { type AlertQuery, type AlertSummary, getAlert, listAlerts } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient, type HubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { paintFor } from '../terminal/style.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { alertHead, alertRow } from './alert-row.ts';
import { ocsfLine } from './ocsf-line.ts';

export interface AlertFilter extends HubOptions {
  readonly severity?: string;
  readonly status?: string;
  readonly suppressed?: string;
  readonly rule?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly node?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly format?: string;
  readonly json?: boolean;
}

const pageSize = 500;
const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An age such as `12h`, or a time. */
export function sinceTime(text: string, now: number): string {
  const age = /^(\d{1,6})([mhd])$/.exec(text);
  const at = age ? now - Number(age[1]) * (unitsMs[age[2] ?? ''] ?? 0) : Date.parse(text);
  if (Number.isNaN(at)) {
    throw new CliError('OPTION_INVALID', `--since ${JSON.stringify(text)} is no time`, {
      mend: 'Use an age such as 30m, 12h or 7d, or a time such as 2026-05-01T10:00:00Z.',
    });
  }
  return new Date(at).toISOString();
}

export function alertQuery(filter: AlertFilter, now: number): AlertQuery {
  const { severity, status, suppressed, rule, cluster, namespace, node, since } = filter;
  const fields = { severity, status, suppressed, rule, cluster, namespace, node };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...given, ...(since === undefined ? {} : { since: sinceTime(since, now) }) } as AlertQuery;
}

export async function listAlertsOf(filter: AlertFilter, terminal: Terminal): Promise<void> {
  const limit = Number(filter.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new CliError('OPTION_INVALID', `--limit ${JSON.stringify(filter.limit)} is not a positive number`);
  }
  const client = createHubClient(await locateHub(filter, terminal), terminal.signal);
  const query = alertQuery(filter, terminal.now());
  const { items, total } = await firstAlerts(client, query, limit);
  const { format = filter.json ? 'json' : 'table' } = filter;
  if (format !== 'table') {
    for (const alert of items) {
      // A finding tells what the event was; the list does not hold it.
      const isFinding = format === 'ocsf';
      const line = isFinding
        ? ocsfLine(await client.call(getAlert, { params: { id: alert.id } }))
        : JSON.stringify(alert);
      await terminal.print(`${line}\n`);
    }
    return;
  }
  if (items.length === 0) return terminal.note('no alerts\n');
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((alert) => alertRow(alert, paint, terminal.now()));
  await terminal.print(
    table(alertHead, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  if (total > items.length) terminal.note(`${items.length} of ${total}; --limit shows more\n`);
}

async function firstAlerts(
  client: HubClient,
  query: AlertQuery,
  limit: number,
): Promise<{ items: readonly AlertSummary[]; total: number }> {
  const items: AlertSummary[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await client.call(listAlerts, {
      query: {
        ...query,
        limit: Math.min(pageSize, limit - items.length),
        ...(cursor === undefined ? {} : { cursor }),
      },
    });
    items.push(...page.items);
    cursor = page.next;
    if (cursor === undefined || items.length >= limit) return { items, total: page.total };
  }
}
