// Shows rules: all in a table, or one with everything that its author said.
import { providerNames, type RuleInfo, ruleReach } from '@yagura/contracts';
import { loadEngine } from '../analyze/load-engine.ts';
import { CliError } from '../errors.ts';
import { paintFor, paintSeverity } from '../terminal/style.ts';
import { plain, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { FolderOptions } from './folder-options.ts';

async function load(options: FolderOptions, terminal: Terminal): Promise<readonly RuleInfo[]> {
  const { engine, problems } = await loadEngine({ ...options, builtin: true });
  for (const problem of problems) terminal.note(`left out: ${problem}\n`);
  return engine.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function listRules(options: FolderOptions, terminal: Terminal): Promise<number> {
  const rules = await load(options, terminal);
  if (options.json) {
    for (const rule of rules) await terminal.print(`${JSON.stringify(rule)}\n`);
    return 0;
  }
  const paint = paintFor(terminal.hasOutputColours);
  const rows = rules.map((rule) => [
    plain(rule.id),
    paintSeverity(paint, rule.severity),
    rule.source,
    rule.techniques.map(plain).join(' '),
    `${plain(rule.title)}${rule.enabled ? '' : ' (off)'}`,
  ]);
  const head = ['RULE', 'SEVERITY', 'SOURCE', 'TECHNIQUES', 'TITLE'];
  await terminal.print(
    table(head, rows, { columns: terminal.columns, paintHead: (text) => paint('bold', text) }),
  );
  return 0;
}

export async function showRule(id: string, options: FolderOptions, terminal: Terminal): Promise<number> {
  const rules = await load(options, terminal);
  const rule = rules.find((each) => each.id === id || each.name === id);
  if (rule === undefined) {
    throw new CliError('OPTION_INVALID', `there is no rule ${JSON.stringify(id)}`, {
      mend: '`yagura rules list` shows the ids of all rules.',
    });
  }
  await terminal.print(options.json ? `${JSON.stringify(rule)}\n` : ruleText(rule, terminal));
  return 0;
}

/** Only where there is something to tell. */
function reachLines(rule: RuleInfo): readonly string[] {
  const reaches = providerNames.map(([provider, name]) => [name, ruleReach(rule, provider)] as const);
  return reaches.every(([, reach]) => reach === 'yes')
    ? []
    : reaches.map(([name, reach]) => `${name}: ${reach}`);
}

function ruleText(rule: RuleInfo, terminal: Terminal): string {
  const paint = paintFor(terminal.hasOutputColours);
  const list = (name: string, items: readonly string[] | undefined): string[] =>
    items?.length ? ['', paint('bold', name), ...items.map((item) => `  - ${plain(item)}`)] : [];
  const attack = [...rule.tactics, ...rule.techniques].join(', ');
  return [
    `${paint('bold', plain(rule.title))}  ${paintSeverity(paint, rule.severity)}  ${rule.id} ${rule.version}`,
    `${rule.source}${attack && `, ${plain(attack)}`}, ${plain(rule.file)}`,
    ...(rule.why === undefined ? [] : ['', plain(rule.why)]),
    ...list('Known benign causes', rule.benign),
    ...list('What to do', rule.respond),
    ...list('On the audit log of', reachLines(rule)),
    ...list('Like these alerts of Microsoft Defender for Containers', rule.similarTo),
    '',
    ...rule.text
      .trimEnd()
      .split('\n')
      .map((line) => `  ${plain(line)}`),
    '',
  ].join('\n');
}
