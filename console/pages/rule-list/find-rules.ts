// Rules that have all of some words anywhere in them, the gravest first.
import { type RuleInfo, severityRank } from '@yagura/contracts';

export function findRules(rules: readonly RuleInfo[], text: string): readonly RuleInfo[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (rule: RuleInfo): boolean => {
    const all = [
      rule.id,
      rule.title,
      rule.severity,
      rule.source,
      ...rule.techniques,
      ...rule.tactics,
      rule.condition,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return rules
    .filter(has)
    .sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || a.title.localeCompare(b.title));
}
