// On which provider's audit log a rule works, and what it lacks there.
import { type AuditProvider, auditProviders } from '../event/audit.ts';
import { type LogPart, lackingParts } from './log-parts.ts';
import type { RuleInfo } from './rule.ts';

type Wishes = Pick<RuleInfo, 'source' | 'needs' | 'betterWith' | 'onlyOn'>;

const names: Readonly<Record<AuditProvider, string>> = {
  kubernetes: 'native',
  aks: 'AKS',
  eks: 'EKS',
  gke: 'GKE',
};
export const providerNames: readonly (readonly [AuditProvider, string])[] = auditProviders.map((provider) => [
  provider,
  names[provider],
]);

const lacking = (parts: readonly LogPart[] | undefined, provider: AuditProvider, canBeHad: boolean) =>
  (parts ?? []).filter((part) => {
    const found = lackingParts[provider][part];
    return found !== undefined && (found.mend !== undefined) === canBeHad;
  });

/**
 * `yes`; `no: PARTS` that the provider does not write; `with PARTS` that can be switched on; `in part: PARTS` where some
 * of what the rule looks for is lost, for good or until they are; `does not apply` where there is no such thing.
 */
export function ruleReach(rule: Wishes, provider: AuditProvider): string {
  if (rule.source !== 'k8s_audit') return 'yes';
  if (rule.onlyOn !== undefined && !rule.onlyOn.includes(provider)) return 'does not apply';
  const never = lacking(rule.needs, provider, false);
  if (never.length > 0) return `no: ${never.join(', ')}`;
  const wanted = lacking(rule.needs, provider, true);
  const lost = lacking(rule.betterWith, provider, false);
  const more = lacking(rule.betterWith, provider, true);
  const told = [
    ...(wanted.length > 0 ? [`with ${wanted.join(', ')}`] : []),
    ...(lost.length > 0 ? [`in part: no ${lost.join(', ')}`] : []),
    ...(more.length > 0 ? [`more with ${more.join(', ')}`] : []),
  ];
  return told.join('; ') || 'yes';
}
