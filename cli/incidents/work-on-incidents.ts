// `yagura incidents close`, `reopen`, `assign` and `comment`: what people do with incidents.
import {
  assignIncident,
  type CloseReason,
  closeIncident,
  commentIncident,
  type IncidentSummary,
  reopenIncident,
} from '@yagura/contracts';
import { createHubClient, type HubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface CloseOptions extends HubOptions {
  readonly json?: boolean;
  readonly reason: string;
  readonly comment?: string;
  readonly alerts?: boolean;
}

type JsonOptions = HubOptions & { readonly json?: boolean };

const openHub = async (options: HubOptions, terminal: Terminal): Promise<HubClient> =>
  createHubClient(await locateHub(options, terminal), terminal.signal);

interface Deed {
  /** Such as `closed`. */
  readonly done: string;
  readonly act: (client: HubClient, id: string) => Promise<IncidentSummary>;
}

/** One after the other; the first that is refused ends it. */
async function doToEach(
  ids: readonly string[],
  { done, act }: Deed,
  { terminal, ...options }: JsonOptions & { readonly terminal: Terminal },
): Promise<void> {
  const client = await openHub(options, terminal);
  for (const id of ids) {
    const incident = await act(client, id);
    await terminal.print(
      options.json ? `${JSON.stringify(incident)}\n` : `${done} ${incident.id} (${plain(incident.title)})\n`,
    );
  }
}

export function closeIncidentsOf(
  ids: readonly string[],
  options: CloseOptions,
  terminal: Terminal,
): Promise<void> {
  const body = {
    // Commander took no other word.
    reason: options.reason as CloseReason,
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.alerts ? { closeAlerts: true } : {}),
  };
  const act: Deed['act'] = (client, id) => client.call(closeIncident, { params: { id }, body });
  return doToEach(ids, { done: 'closed', act }, { ...options, terminal });
}

export function reopenIncidentsOf(
  ids: readonly string[],
  options: JsonOptions,
  terminal: Terminal,
): Promise<void> {
  const act: Deed['act'] = (client, id) => client.call(reopenIncident, { params: { id } });
  return doToEach(ids, { done: 'reopened', act }, { ...options, terminal });
}

export function assignIncidentsOf(
  ids: readonly string[],
  options: JsonOptions & { readonly to: string },
  terminal: Terminal,
): Promise<void> {
  const { to: owner } = options;
  const act: Deed['act'] = (client, id) => client.call(assignIncident, { params: { id }, body: { owner } });
  const done = owner === '' ? 'given back' : `assigned to ${plain(owner)}:`;
  return doToEach(ids, { done, act }, { ...options, terminal });
}

export async function commentIncidentOf(
  { id, text }: { readonly id: string; readonly text: string },
  options: JsonOptions,
  terminal: Terminal,
): Promise<void> {
  const client = await openHub(options, terminal);
  const comment = await client.call(commentIncident, { params: { id }, body: { text } });
  await terminal.print(options.json ? `${JSON.stringify(comment)}\n` : `written down at ${id}\n`);
}
