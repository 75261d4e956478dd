// Whether audit logs still come: one that falls silent looks just like a quiet cluster, and is one without eyes.
import type { HubConfig } from '../config.ts';
import { silentClusters } from '../store/clusters.ts';
import type { Database } from '../store/database.ts';
import type { Finding } from './conditions.ts';

const shownClusters = 5;

export async function auditLogFinding(
  db: Database,
  { auditSilentMinutes, auditCluster }: Pick<HubConfig, 'auditSilentMinutes' | 'auditCluster'>,
  now: number,
): Promise<Finding> {
  const name = 'audit-logs';
  const before = now - auditSilentMinutes * 60_000;
  const silent = await silentClusters(db, { before, followed: auditCluster });
  if (silent.length === 0) return { name, healthy: true };
  const shown = silent.slice(0, shownClusters).map((cluster) => `${cluster.name} since ${cluster.since}`);
  const rest = silent.length - shown.length;
  const message = `nothing from ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}: look at the API server's webhook, or revoke the cluster if it is gone`;
  return { name, healthy: false, message };
}
