// `yagura workspace show` and `create`.
import { createHash } from 'node:crypto';
import { createRegistrationToken, getWorkspace, type Workspace } from '@yagura/contracts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';

type ShowOptions = HubOptions & { readonly json?: boolean };

export async function showWorkspace(options: ShowOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const workspace = await client.call(getWorkspace);
  await terminal.print(options.json ? `${JSON.stringify(workspace)}\n` : workspaceText(workspace));
}

/** A hub has one workspace; what this adds to `show` is the first token. */
export async function createWorkspace(options: ShowOptions, terminal: Terminal): Promise<void> {
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const workspace = await client.call(getWorkspace);
  const { token, expiresAt } = await client.call(createRegistrationToken, { body: {} });
  if (options.json) return terminal.print(`${JSON.stringify({ ...workspace, token, expiresAt })}\n`);
  await terminal.print(`${workspaceText(workspace)}token       ${token}\n`);
  terminal.note(`the token registers one node, until ${expiresAt}; it is not shown again\n`);
}

function workspaceText({ id, agentsUrl, authority, agents, maxAgents, retention }: Workspace): string {
  const { closedAlertDays, occurrenceDays, trailDays } = retention;
  const fingerprint = createHash('sha256').update(authority.trim()).digest('hex').slice(0, 32);
  return [
    `workspace   ${id}`,
    `agents      ${agentsUrl}`,
    `authority   PEM with SHA-256 ${fingerprint}… (--json shows it)`,
    `registered  ${agents} of ${maxAgents}`,
    `kept        closed alerts ${closedAlertDays} days, repeats ${occurrenceDays}, trail ${trailDays}`,
    '',
  ].join('\n');
}
