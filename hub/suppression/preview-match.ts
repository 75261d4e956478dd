// What a suppression would have kept from view, had it stood a week ago.
import type { SuppressionMatch, SuppressionPreview } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import type { Database } from '../store/database.ts';
import { compileMatch } from './match-alert.ts';

const days = 7;
const dayMs = 24 * 60 * 60 * 1000;
const examples = 10;
/** Enough for any week that people could read; beyond it the answer says that it is partial. */
const maxAlerts = 20_000;

export async function previewMatch(
  db: Database,
  match: SuppressionMatch,
  now: number,
): Promise<SuppressionPreview> {
  const recent = await db
    .selectFrom('alerts')
    .select(['id', 'rule', 'title', 'severity', 'message', 'entities', 'last_seen_at'])
    .where('last_seen_at', '>=', rfc3339FromMs(now - days * dayMs))
    .orderBy('last_seen_at', 'desc')
    .limit(maxAlerts + 1)
    .execute();
  const alerts = recent.slice(0, maxAlerts);
  const matched = alerts.filter(compileMatch(match));
  return {
    days,
    matched: matched.length,
    total: alerts.length,
    isPartial: recent.length > maxAlerts,
    examples: matched.slice(0, examples).map(({ id, rule, title, severity, message, last_seen_at }) => ({
      ...{ id, rule, title, severity, message },
      lastSeenAt: last_seen_at,
    })),
  };
}
