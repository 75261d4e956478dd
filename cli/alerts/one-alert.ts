// `yagura alerts get` and `close`: what concerns single alerts.
import { type Alert, type CloseReason, closeAlert, getAlert } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { factsText } from '../terminal/facts-text.ts';
import { plural } from '../terminal/plural.ts';
import { paintFor, paintSeverity } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function getAlertOf(
  id: string,
  options: HubOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const alert = await client.call(getAlert, { params: { id } });
  await terminal.print(options.json ? `${JSON.stringify(alert)}\n` : alertText(alert, terminal));
}

const valueText = (value: unknown): string =>
  plain(typeof value === 'string' ? value : JSON.stringify(value));

function alertText(alert: Alert, terminal: Terminal): string {
  const paint = paintFor(terminal.hasOutputColours);
  const { age, section } = factsText(terminal);
  const closed = [
    alert.status,
    alert.closeReason,
    alert.closedBy && `by ${alert.closedBy}`,
    alert.closeComment,
  ];
  return [
    `${paint('bold', plain(alert.title))}  ${paintSeverity(paint, alert.severity)}  ${closed
      .filter(Boolean)
      .map((part) => plain(String(part)))
      .join(', ')}`,
    plain(alert.message),
    ...section('When', [
      `first ${age(alert.firstSeenAt)}`,
      `last  ${age(alert.lastSeenAt)}`,
      plural(alert.count, 'time'),
    ]),
    ...section(
      'Where',
      Object.entries(alert.entities).map(([name, value]) => `${name}: ${valueText(value)}`),
    ),
    ...section(
      'Evidence',
      alert.evidence.map(({ field, value }) => `${field} = ${valueText(value)}`),
    ),
    ...section('Rule', [
      `${alert.rule} ${alert.ruleVersion}`,
      [...alert.tactics, ...alert.techniques].join(', '),
    ]),
    ...section('Why', alert.ruleSnapshot.why === undefined ? [] : [plain(alert.ruleSnapshot.why)]),
    ...section(
      'What to do',
      (alert.ruleSnapshot.respond ?? []).map((step) => `- ${plain(step)}`),
    ),
    '',
  ].join('\n');
}

export interface CloseOptions extends HubOptions {
  readonly json?: boolean;
  readonly reason: string;
  readonly comment?: string;
}

export async function closeAlertsOf(
  ids: readonly string[],
  options: CloseOptions,
  terminal: Terminal,
): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const body = {
    // Commander took no other word.
    reason: options.reason as CloseReason,
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  };
  for (const id of ids) {
    const alert = await client.call(closeAlert, { params: { id }, body });
    await terminal.print(
      options.json ? `${JSON.stringify(alert)}\n` : `closed ${alert.id} (${alert.rule})\n`,
    );
  }
}
