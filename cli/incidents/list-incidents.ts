// `yagura incidents list`: a table of a hub's incidents.
import { type IncidentQuery, type IncidentSummary, listIncidents } from '@yagura/contracts';
import { sinceTime } from '../alerts/list-alerts.ts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { type Paint, paintFor, paintSeverity } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface IncidentFilter extends HubOptions {
  readonly severity?: string;
  readonly status?: string;
  readonly minScore?: string;
  readonly cluster?: string;
  readonly owner?: string;
  readonly alert?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

const maxLimit = 500;

function whole(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CliError(
    'OPTION_INVALID',
    `${name} ${JSON.stringify(text)} is not a number from ${least} to ${most}`,
  );
}

function queryOf(filter: IncidentFilter, now: number): IncidentQuery {
  const { severity, status, cluster, owner, alert, since, minScore } = filter;
  const given = Object.entries({ severity, status, cluster, owner, alert }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...Object.fromEntries(given),
    ...(since === undefined ? {} : { since: sinceTime(since, now) }),
    ...(minScore === undefined ? {} : { minScore: whole('--min-score', minScore, [0, 100]) }),
    limit: whole('--limit', filter.limit ?? '50', [1, maxLimit]),
  };
}

const head: readonly string[] = [
  'ID',
  'SCORE',
  'SEVERITY',
  'ALERTS',
  'TACTICS',
  'LAST SEEN',
  'OWNER',
  'WHAT',
];

const rowOf = (incident: IncidentSummary, paint: Paint, now: number): readonly string[] => [
  plain(incident.id),
  String(incident.score),
  paintSeverity(paint, incident.severity),
  String(incident.alerts),
  String(incident.tactics.length),
  relativeTime(incident.lastSeenAt, now),
  plain(incident.owner ?? '-'),
  `${incident.status === 'closed' ? paint('gray', '(closed) ') : ''}${plain(incident.title)}`,
];

export async function listIncidentsOf(filter: IncidentFilter, terminal: Terminal): Promise<void> {
  const query = queryOf(filter, terminal.now());
  const client = createHubClient(await locateHub(filter, terminal), terminal.signal);
  const { items, total } = await client.call(listIncidents, { query });
  if (filter.json) {
    for (const incident of items) await terminal.print(`${JSON.stringify(incident)}\n`);
    return;
  }
  if (items.length === 0) return terminal.note('no incidents\n');
  const paint = paintFor(terminal.hasOutputColours);
  const rows = items.map((incident) => rowOf(incident, paint, terminal.now()));
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  if (total > items.length) terminal.note(`${items.length} of ${total}; --limit shows more\n`);
}
