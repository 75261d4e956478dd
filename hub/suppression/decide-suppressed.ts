// Decides which alerts of a block a suppression keeps from view.
import type { AlertDraft } from '@yagura/contracts';
import type { Database } from '../store/database.ts';
import { readActive } from '../store/suppressions.ts';
import { compileMatch, type Matchable, type Matches } from './match-alert.ts';

type Find = (alert: Matchable) => string | undefined;

/**
 * Alert id → suppression id. What is active is read for each block, so that a new suppression holds at once and an
 * expired one no more. One alert gathers many events: it is hidden only if every event of the block matches, and, where
 * it stands in view already, only if its own first event does. Else a harmless repeat could hide what came before it.
 */
export async function decideSuppressed(
  db: Database,
  occurrences: readonly { readonly alert: AlertDraft }[],
): Promise<ReadonlyMap<string, string>> {
  const active = await readActive(db);
  if (active.length === 0) return new Map();
  const find = finder(active.map(({ id, match }) => ({ id, matches: compileMatch(match) })));
  const decided = new Map<string, string | undefined>();
  for (const { alert } of occurrences) {
    const known = decided.has(alert.id);
    if (known && decided.get(alert.id) === undefined) continue;
    decided.set(alert.id, find(alert));
  }
  const hidden = new Map([...decided].filter((one): one is [string, string] => one[1] !== undefined));
  for (const alert of await readInView(db, [...hidden.keys()]))
    if (find(alert) === undefined) hidden.delete(alert.id);
  return hidden;
}

const finder =
  (active: readonly { readonly id: string; readonly matches: Matches }[]): Find =>
  (alert) =>
    active.find(({ matches }) => matches(alert))?.id;

async function readInView(db: Database, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('alerts')
    .select(['id', 'rule', 'entities'])
    .where('id', 'in', ids)
    .where('suppressed_by', 'is', null)
    .execute();
}
