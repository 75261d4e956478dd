// docs/reference/coverage.md: which rule stands for which alert of Defender, and on whose audit log it works.
import {
  lackingParts,
  logPartNames,
  logParts,
  providerNames,
  type RuleInfo,
  ruleReach,
} from '@yagura/contracts';
import { builtinRules, formatProblem, loadRuleFolder } from '@yagura/detection';
import { topics } from '../beyond-defender.ts';
import { defenderAlerts } from '../defender-alerts.ts';
import type { Generator } from '../generator.ts';
import { code, list, page, table } from '../markdown.ts';

const linked = (rule: RuleInfo): string => `[${rule.id}](rules.md#${rule.id})`;

const alertRows = (rules: readonly RuleInfo[]): readonly (readonly string[])[] =>
  defenderAlerts.map(({ id, meaning, waitsFor }) => {
    const like = rules.filter(({ similarTo }) => similarTo?.includes(id));
    return [code(id), meaning, like.map(linked).join(', ') || '–', waitsFor ?? ''];
  });

const topicRows = (rules: readonly RuleInfo[]): readonly (readonly string[])[] =>
  topics.map(({ what, rules: ids, waitsFor }) => {
    const found = rules.filter(({ id }) => ids.includes(id));
    return [what, found.map(linked).join(', '), waitsFor ?? ''];
  });

const ruleRow = (rule: RuleInfo): readonly string[] => [
  linked(rule),
  ...providerNames.map(([provider]) => ruleReach(rule, provider)),
  (rule.similarTo ?? []).map(code).join(', '),
];

const partRows: readonly (readonly string[])[] = logPartNames.map((part) => [
  code(part),
  logParts[part],
  ...providerNames.map(([provider]) => {
    const lacking = lackingParts[provider][part];
    if (lacking === undefined) return 'yes';
    return lacking.mend === undefined
      ? `no: ${lacking.why}`
      : `if asked for: ${lacking.mend}, else ${lacking.why}`;
  }),
]);

const generate = async (): Promise<string> => {
  const { rules, problems } = await loadRuleFolder(builtinRules);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  const infos = rules
    .map(({ info }) => info)
    .filter(({ source }) => source === 'k8s_audit')
    .sort((a, b) => a.id.localeCompare(b.id, 'en'));
  const names = providerNames.map(([, name]) => name);
  return page(
    'Coverage',
    `What the ${infos.length} rules on audit logs cover, and on whose log.`,
    '## Alerts of Microsoft Defender for Containers at the control plane',
    'What a rule waits for is the part of the alert that no audit log shows.',
    table(['alert', 'meaning', 'rules', 'waits for'], alertRows(infos)),
    '## Beyond these',
    table(['what', 'rules', 'waits for'], topicRows(infos)),
    '## Rules by provider',
    list([
      '`yes`: works as the log is delivered.',
      '`with …`: works once this part of the log is switched on; `more with …`: works, and sees more then.',
      '`in part: no …`: the provider does not write this part, and what shows in it alone is not seen; the alert may say less.',
      '`no: …`: the provider does not write the part that the rule lives from.',
      '`does not apply`: there is no such thing at this provider.',
    ]),
    table(['rule', ...names, 'like in Defender'], infos.map(ruleRow)),
    '## Parts of an audit log',
    table(['part', 'what', ...names], partRows),
    'Where a log has no `parameters`, a request that was only tried (a dry run) is told as if it had been carried out.',
  );
};

export const coverage: Generator = { file: 'coverage.md', generate };
