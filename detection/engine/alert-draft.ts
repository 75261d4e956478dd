// From a match to an alert that no store has seen.
import type { AlertDraft } from '@yagura/contracts';
import { boundedEvent } from './bounded-event.ts';
import type { Match } from './match.ts';

export function toAlertDraft(match: Match): AlertDraft {
  const { rule, event } = match;
  const { why, benign, respond, similarTo } = rule;
  return {
    id: match.alertId,
    rule: rule.id,
    ruleVersion: rule.version,
    title: rule.title,
    severity: rule.severity,
    source: rule.source,
    count: 1,
    firstSeenAt: event.time,
    lastSeenAt: event.time,
    message: match.message,
    tactics: rule.tactics,
    techniques: rule.techniques,
    entities: match.entities,
    evidence: match.evidence,
    event: boundedEvent(event),
    ruleSnapshot: {
      condition: rule.condition,
      text: rule.text,
      ...(why === undefined ? {} : { why }),
      ...(benign === undefined ? {} : { benign }),
      ...(respond === undefined ? {} : { respond }),
      ...(similarTo === undefined ? {} : { similarTo }),
    },
  };
}
