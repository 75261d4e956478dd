// docs/reference/coverage.md: which rule stands for which alert of Defender, and on whose audit log it works.
import { type AuditProvider, lackingParts, logPartNames, logParts, type RuleInfo } from '@yagura/contracts';
import { builtinRules, formatProblem, loadRuleFolder } from '@yagura/detection';
import { defenderAlerts } from '../defender-alerts.ts';
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';

const providers: readonly (readonly [AuditProvider, string])[] = [
  ['kubernetes', 'native'],
  ['aks', 'AKS'],
  ['eks', 'EKS'],
  ['gke', 'GKE'],
];

const linked = (rule: RuleInfo): string => `[${rule.id}](rules.md#${rule.id})`;

/** `yes`, or the parts that are lacking: `(reads)` can be switched on, `no: configs` cannot. */
function verdict(rule: RuleInfo, provider: AuditProvider): string {
  if (rule.source !== 'k8s_audit') return 'yes';
  const lacking = (rule.needs ?? []).flatMap((part) => {
    const found = lackingParts[provider][part];
    return found === undefined ? [] : [{ part, canBeHad: found.mend !== undefined }];
  });
  if (lacking.length === 0) return 'yes';
  const never = lacking.filter(({ canBeHad }) => !canBeHad);
  const parts = (never.length > 0 ? never : lacking).map(({ part }) => part).join(', ');
  return never.length > 0 ? `no: ${parts}` : `with ${parts}`;
}

const alertRows = (rules: readonly RuleInfo[]): readonly (readonly string[])[] =>
  defenderAlerts.map(({ id, meaning, waitsFor }) => {
    const like = rules.filter(({ similarTo }) => similarTo?.includes(id));
    return [code(id), meaning, like.map(linked).join(', ') || '–', waitsFor ?? ''];
  });

const ruleRow = (rule: RuleInfo): readonly string[] => [
  linked(rule),
  ...providers.map(([provider]) => verdict(rule, provider)),
  (rule.similarTo ?? []).map(code).join(', '),
];

const partRows: readonly (readonly string[])[] = logPartNames.map((part) => [
  code(part),
  logParts[part],
  ...providers.map(([provider]) => {
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
  const names = providers.map(([, name]) => name);
  return page(
    'Coverage',
    `What the ${infos.length} rules on audit logs cover, and on whose log.`,
    '## Alerts of Microsoft Defender for Containers at the control plane',
    'What a rule waits for is the part of the alert that no audit log shows.',
    table(['alert', 'meaning', 'rules', 'waits for'], alertRows(infos)),
    '## Rules by provider',
    '`yes`: works as the log is delivered. `with …`: works once this part of the log is switched on. `no: …`: the provider does not write this part.',
    table(['rule', ...names, 'like in Defender'], infos.map(ruleRow)),
    '## Parts of an audit log',
    table(['part', 'what', ...names], partRows),
  );
};

export const coverage: Generator = { file: 'coverage.md', generate };
