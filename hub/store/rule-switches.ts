// Rules that a person turned on or off, against what their text says.
import type { RuleSwitch } from '@yagura/contracts';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';

export type RuleSwitches = ReadonlyMap<string, RuleSwitch>;

export async function listRuleSwitches(db: Database): Promise<RuleSwitches> {
  const rows = await db.selectFrom('rule_switches').selectAll().execute();
  return new Map(
    rows.map(({ rule, enabled, reason, author, switched_at }) => [
      rule,
      { enabled, reason, by: author, at: switched_at },
    ]),
  );
}

export async function switchRule(
  db: Database,
  rule: string,
  { enabled, reason, by }: Omit<RuleSwitch, 'at'>,
): Promise<void> {
  await sql`
    INSERT INTO rule_switches (rule, enabled, reason, author)
    VALUES (${storableText(rule)}, ${enabled}, ${storableText(reason)}, ${storableText(by)})
    ON CONFLICT (rule) DO UPDATE SET enabled = excluded.enabled, reason = excluded.reason,
      author = excluded.author, switched_at = clock_timestamp()`.execute(db);
}
