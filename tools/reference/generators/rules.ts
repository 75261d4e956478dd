// docs/reference/rules.md: every built-in rule with what it is for.
import { providerNames, type RuleInfo, ruleReach } from '@yagura/contracts';
import { builtinRules, formatProblem, loadRuleFolder } from '@yagura/detection';
import type { Generator } from '../generator.ts';
import { block, code, codes, list, page, table } from '../markdown.ts';

const section = (heading: string, items: readonly string[] | undefined): string | undefined =>
  items === undefined || items.length === 0 ? undefined : `**${heading}**\n\n${list(items)}`;

/** Nothing where the rule works on every log as it is delivered. */
function reachOf(rule: RuleInfo): string | undefined {
  const reaches = providerNames.map(([provider, name]) => [name, ruleReach(rule, provider)] as const);
  if (reaches.every(([, reach]) => reach === 'yes')) return undefined;
  return `Audit logs: ${reaches.map(([name, reach]) => `${name} ${reach}`).join('; ')}.`;
}

const oneRule = (rule: RuleInfo): readonly (string | undefined)[] => [
  `## ${rule.id}`,
  `${rule.title}. Severity **${rule.severity}**, source ${code(rule.source)}${rule.enabled ? '' : ', off until enabled'}.`,
  `ATT&CK: ${[...rule.tactics, ...rule.techniques].join(', ') || 'none'}.`,
  rule.why,
  section('Known benign causes', rule.benign),
  section('Response', rule.respond),
  reachOf(rule),
  section('Like in Defender', rule.similarTo),
  block('', rule.condition),
];

const generate = async (): Promise<string> => {
  const { rules, problems } = await loadRuleFolder(builtinRules);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  const infos = rules.map(({ info }) => info).sort((a, b) => a.id.localeCompare(b.id, 'en'));
  const rows = infos.map((rule) => [
    `[${rule.id}](#${rule.id})`,
    rule.severity,
    code(rule.source),
    rule.title,
    codes(rule.techniques),
  ]);
  return page(
    'Rules',
    `The ${infos.length} rules that come with Yagura. How to write one: [write a rule](../guides/write-a-rule.md).`,
    table(['rule', 'severity', 'source', 'title', 'techniques'], rows),
    ...infos.flatMap(oneRule),
  );
};

export const rules: Generator = { file: 'rules.md', generate };
