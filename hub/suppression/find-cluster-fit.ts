// Whether what somebody wrote for a cluster, a name or a glob, fits a cluster that the hub knows; else which may be meant.
import { compileGlob, nearestWords } from '@yagura/detection';
import { HubError } from '../errors.ts';
import type { Database } from '../store/database.ts';

const shownNames = 3;

/** Those that are connected or send their audit log, those of nodes, and those that are gone and left alerts. */
export async function knownClusters(db: Database): Promise<readonly string[]> {
  const [clusters, agents, alerts] = await Promise.all([
    db.selectFrom('clusters').select('name').execute(),
    db.selectFrom('agents').select('cluster as name').distinct().execute(),
    db.selectFrom('alerts').select('cluster as name').distinct().execute(),
  ]);
  const names = [...clusters, ...agents, ...alerts].flatMap(({ name }) => (name ? [name] : []));
  return [...new Set(names)].sort();
}

function namesNear(pattern: string, names: readonly string[]): readonly string[] {
  const written = pattern.trim().toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === written);
  return same.length > 0 ? same : nearestWords(pattern, names);
}

/** Undefined where a cluster fits. */
export function describeUnfitCluster(pattern: string, names: readonly string[]): string | undefined {
  const fits = compileGlob(pattern);
  // Any cluster, also of a hub that has none yet.
  if (/^\*+$/.test(pattern)) return undefined;
  if (names.some((name) => fits(name))) return undefined;
  const near = namesNear(pattern, names).slice(0, shownNames);
  const hint = near.length === 0 ? '`yagura clusters list` tells all names' : `near it: ${near.join(', ')}`;
  return `no cluster of this hub has the name ${JSON.stringify(pattern)}; ${hint}`;
}

export async function refuseUnknownCluster(pattern: string | undefined, db: Database): Promise<void> {
  const problem = pattern === undefined ? undefined : describeUnfitCluster(pattern, await knownClusters(db));
  if (problem !== undefined) throw new HubError('REQUEST_INVALID', `match.cluster: ${problem}`);
}
