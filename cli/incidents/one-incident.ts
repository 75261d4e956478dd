// `yagura incidents get`: one incident along the kill chain.
import { getIncident, type Incident } from '@yagura/contracts';
import { whereOf } from '../alerts/alert-row.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { factsText } from '../terminal/facts-text.ts';
import { plural } from '../terminal/plural.ts';
import { type Paint, paintFor, paintSeverity } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function getIncidentOf(
  id: string,
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const incident = await client.call(getIncident, { params: { id } });
  await terminal.print(options.json ? `${JSON.stringify(incident)}\n` : incidentText(incident, terminal));
}

const statusText = ({ status, mergedInto, closeReason, closedBy, closeComment, owner }: Incident): string =>
  [
    status === 'merged' ? `became part of ${mergedInto}` : status,
    closeReason,
    closedBy && `by ${closedBy}`,
    closeComment,
    owner && `owner ${owner}`,
  ]
    .filter((part) => part !== undefined)
    .map(plain)
    .join(', ');

const timelineLines = ({ timeline }: Incident, paint: Paint): readonly string[] =>
  timeline.map(({ alert, tactic, firstSeenAt, counts }) =>
    [
      firstSeenAt.slice(0, 19).replace('T', ' '),
      (tactic ?? 'no tactic').padEnd(20),
      paintSeverity(paint, alert.severity),
      plain(alert.rule),
      whereOf(alert),
      plain(alert.message),
      ...(counts ? [] : [paint('gray', `(does not count: ${alert.closeReason ?? 'suppressed'})`)]),
    ].join('  '),
  );

function incidentText(incident: Incident, terminal: Terminal): string {
  const paint = paintFor(terminal.hasOutputColours);
  const { age, section } = factsText(terminal);
  return [
    `${paint('bold', plain(incident.title))}  ${paintSeverity(paint, incident.severity)}  ${statusText(incident)}`,
    ...section('When', [`first ${age(incident.firstSeenAt)}`, `last  ${age(incident.lastSeenAt)}`]),
    ...section(
      `Score ${incident.score}`,
      incident.scoreParts.map(
        ({ name, points, limit, why }) => `${name} ${points} of ${limit}: ${plain(why)}`,
      ),
    ),
    ...section('Along the kill chain', timelineLines(incident, paint)),
    ...section(
      'What they share',
      incident.entities
        .filter(({ alerts }) => alerts.length > 1)
        .map(({ kind, value, alerts, tooCommon }) =>
          [`${kind} ${plain(value)}: ${plural(alerts.length, 'alert')}`, tooCommon]
            .filter(Boolean)
            .join('; '),
        ),
    ),
    ...section(
      'Comments',
      incident.comments.map(({ time, author, text }) => `${time} ${plain(author)}: ${plain(text)}`),
    ),
    '',
  ].join('\n');
}
