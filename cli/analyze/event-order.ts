// Notices events that come long after later ones: what remembers puts only those in their place that are a little late.
import type { Event } from '@yagura/contracts';
import { latenessMs } from '@yagura/detection';

/** Clusters of one run; beyond them nothing is noticed. */
const maxClusters = 1_000;

export class EventOrder {
  readonly #latestMs = new Map<string, number>();
  late = 0;

  watch({ kind, cluster = '', time }: Event): void {
    if (kind !== 'api.requested') return;
    const timeMs = Date.parse(time);
    const latestMs = this.#latestMs.get(cluster);
    if (latestMs !== undefined && timeMs < latestMs - latenessMs) this.late += 1;
    if (latestMs === undefined ? this.#latestMs.size < maxClusters : timeMs > latestMs)
      this.#latestMs.set(cluster, timeMs);
  }
}
