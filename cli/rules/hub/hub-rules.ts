// Rules of a hub as it runs them: list with costs, turn on and off, read folders again.
import { disableRule, enableRule, type HubRule, listRules, reloadRules } from '@yagura/contracts';
import { createHubClient, type HubClient } from '../../hub-client/hub-client.ts';
import type { HubOptions } from '../../hub-client/hub-options.ts';
import { locateHub } from '../../hub-client/locate-hub.ts';
import { paintFor, paintSeverity } from '../../terminal/style.ts';
import { plain, table } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';

export type HubRuleOptions = HubOptions & { readonly json?: boolean };

export const openHub = async (options: HubOptions, terminal: Terminal): Promise<HubClient> =>
  createHubClient(await locateHub(options, terminal), terminal.signal);

/** The costliest first. */
export async function listHubRules(options: HubRuleOptions, terminal: Terminal): Promise<void> {
  const { items } = await (await openHub(options, terminal)).call(listRules);
  const rules = items.toSorted((a, b) => b.cost.microseconds - a.cost.microseconds || (a.id < b.id ? -1 : 1));
  if (options.json) {
    for (const rule of rules) await terminal.print(`${JSON.stringify(rule)}\n`);
    return;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const rows = rules.map((rule) => [
    plain(rule.id),
    paintSeverity(paint, rule.severity),
    rule.origin,
    stateOf(rule),
    String(rule.cost.seen),
    String(rule.cost.matched),
    rule.cost.microseconds === 0 ? '–' : `${(rule.cost.microseconds / 1000).toFixed(1)} ms`,
    plain(rule.title),
  ]);
  const head = ['RULE', 'SEVERITY', 'FROM', 'STATE', 'SEEN', 'MATCHED', 'TIME', 'TITLE'];
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  for (const { id, enabled, notice } of rules)
    if (enabled && notice !== undefined) terminal.note(`${plain(id)}: ${plain(notice)}\n`);
}

/** `blind`: it can never fire, or has fields that no event here has. */
function stateOf({ stale, enabled, notice }: HubRule): string {
  if (stale !== undefined) return 'stale';
  if (!enabled) return 'off';
  return notice === undefined ? 'on' : 'blind';
}

export async function switchHubRules(
  ids: readonly string[],
  options: HubRuleOptions & { readonly reason: string; readonly enable: boolean },
  terminal: Terminal,
): Promise<void> {
  const client = await openHub(options, terminal);
  for (const id of ids) {
    const endpoint = options.enable ? enableRule : disableRule;
    const rule = await client.call(endpoint, { params: { id }, body: { reason: options.reason } });
    await terminal.print(
      options.json ? `${JSON.stringify(rule)}\n` : `${rule.id} is ${rule.enabled ? 'on' : 'off'}\n`,
    );
  }
}

/** 1 where a rule is broken. */
export async function reloadHubRules(options: HubRuleOptions, terminal: Terminal): Promise<number> {
  const report = await (await openHub(options, terminal)).call(reloadRules);
  if (options.json) await terminal.print(`${JSON.stringify(report)}\n`);
  else {
    for (const problem of [...report.problems, ...report.notices]) terminal.note(`${plain(problem)}\n`);
    await terminal.print(
      `${report.rules} rules run, ${report.problems.length === 1 ? '1 problem' : `${report.problems.length} problems`}\n`,
    );
  }
  return report.problems.length === 0 ? 0 : 1;
}
