// Whether audit logs still come: one that falls silent looks just like a quiet cluster, and is one without eyes.
import { silentClusters } from '../store/clusters.ts';
import type { Database } from '../store/database.ts';
import type { Finding } from './conditions.ts';

const shownClusters = 5;

export async function auditLogFinding(
  db: Database,
  by: Parameters<typeof silentClusters>[1],
): Promise<Finding> {
  const name = 'audit-logs';
  const silent = await silentClusters(db, by);
  if (silent.length === 0) return { name, healthy: true };
  const shown = silent.slice(0, shownClusters).map((cluster) => `${cluster.name} since ${cluster.since}`);
  const rest = silent.length - shown.length;
  const message = `nothing from ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}: look at the API server's webhook, or revoke the cluster if it is gone`;
  return { name, healthy: false, message };
}
