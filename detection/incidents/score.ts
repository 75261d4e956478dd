// How bad an incident is, from 0 to 100, in parts that add up: how far along the kill chain, how severe, how well seen.
import {
  type AlertSource,
  inKillChainOrder,
  type ScorePart,
  type Severity,
  severityRank,
  type Tactic,
} from '@yagura/contracts';

export interface Scored {
  readonly tactics: readonly string[];
  readonly severity: Severity;
  readonly source: AlertSource;
}

export interface Score {
  readonly score: number;
  readonly parts: readonly ScorePart[];
  readonly tactics: readonly Tactic[];
  readonly severity: Severity;
  readonly sources: readonly AlertSource[];
}

/** Looking around costs the attacker nothing yet; getting further in, and taking something out, is what it is about. */
const tacticPoints: Readonly<Record<Tactic, number>> = {
  Reconnaissance: 2,
  'Resource Development': 2,
  'Initial Access': 8,
  Execution: 8,
  Persistence: 10,
  'Privilege Escalation': 12,
  'Defense Evasion': 10,
  'Credential Access': 12,
  Discovery: 6,
  'Lateral Movement': 12,
  Collection: 8,
  'Command and Control': 12,
  Exfiltration: 16,
  Impact: 16,
};
const severityPoints: Readonly<Record<Severity, number>> = {
  informational: 0,
  low: 6,
  medium: 14,
  high: 22,
  critical: 30,
};
const limits = { tactics: 60, severity: 30, sources: 10 } as const;

/** Of the alerts that count. A second alert of the same tactic, severity and source changes nothing. */
export function scoreOf(alerts: readonly Scored[]): Score {
  const tactics = inKillChainOrder(alerts.flatMap((alert) => alert.tactics));
  const severity = alerts
    .map((alert) => alert.severity)
    .reduce((worst, next) => (severityRank(next) > severityRank(worst) ? next : worst), 'informational');
  const sources = [...new Set(alerts.map(({ source }) => source))].sort();
  const parts: readonly ScorePart[] = [
    {
      name: 'tactics',
      points: Math.min(
        limits.tactics,
        tactics.reduce((sum, tactic) => sum + tacticPoints[tactic], 0),
      ),
      limit: limits.tactics,
      why:
        tactics.length === 0
          ? 'no tactic of ATT&CK is named'
          : tactics.map((tactic) => `${tactic} ${tacticPoints[tactic]}`).join(', '),
    },
    {
      name: 'severity',
      points: severityPoints[severity],
      limit: limits.severity,
      why: alerts.length === 0 ? 'no alert counts' : `the worst alert is ${severity}`,
    },
    {
      name: 'sources',
      points: sources.length > 1 ? limits.sources : 0,
      limit: limits.sources,
      why: sources.length > 1 ? 'seen on the node and in the audit log' : 'seen by one source only',
    },
  ];
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts, tactics, severity, sources };
}
