// `yagura alerts watch`: a line for each alert as it is raised or counted up.
import type { AlertSummary } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { watchAlerts } from '../hub-client/watch-alerts.ts';
import { paintFor, paintSeverity } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { whereOf } from './alert-row.ts';
import type { AlertFilter } from './list-alerts.ts';

/** The stream carries all alerts; the filter is the same as the list's. */
const passes = (alert: AlertSummary, filter: AlertFilter): boolean =>
  (filter.severity === undefined || alert.severity === filter.severity) &&
  (filter.rule === undefined || alert.rule === filter.rule) &&
  (filter.cluster === undefined || alert.entities.cluster === filter.cluster) &&
  (filter.namespace === undefined || alert.entities.namespace === filter.namespace) &&
  (filter.node === undefined || alert.entities.node === filter.node);

export async function watchAlertsOf(filter: AlertFilter, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(filter, terminal), terminal.signal);
  if (terminal.isErrorTty) terminal.note(`watching ${client.url}; Ctrl-C ends it\n`);
  const paint = paintFor(terminal.hasOutputColours);
  const alerts = watchAlerts({
    client,
    signal: terminal.signal,
    // Commander took no other word.
    ...(filter.suppressed === undefined ? {} : { suppressed: filter.suppressed as 'true' | 'all' }),
    onBreak: (error, retryMs) => terminal.note(`${error.message}; trying again in ${retryMs / 1000} s\n`),
  });
  for await (const alert of alerts) {
    if (!passes(alert, filter)) continue;
    const line = filter.json
      ? JSON.stringify(alert)
      : [
          alert.lastSeenAt.slice(11, 19),
          paintSeverity(paint, alert.severity).padEnd(8),
          plain(alert.rule),
          alert.count > 1 ? `×${alert.count}` : 'new',
          whereOf(alert),
          plain(alert.message),
        ].join('  ');
    await terminal.print(`${line}\n`);
  }
}
