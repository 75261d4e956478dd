// Clusters as they look just now, for tests without tunnels.
import type { ConnectionView } from '../store/connections.ts';

export const viewNow = (): ConnectionView => ({
  now: Date.now(),
  offlineAfterMs: 15 * 60_000,
  auditSilentAfterMs: 60 * 60_000,
  isTunnelOpen: () => false,
});
