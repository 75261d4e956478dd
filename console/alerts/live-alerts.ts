// Keeps what is on screen up with the alert stream, and remembers for a while which alerts are fresh.
import type { QueryClient } from '@tanstack/react-query';
import type { AlertSummary } from '@yagura/contracts';
import { listenToAlerts, type StreamState } from '../api/alert-stream.ts';
import { keys } from '../api/queries.ts';
import { incidentKeys, refreshIncident } from '../incidents/queries.ts';
import { type AlertFilter, matchesFilter } from './filter.ts';
import { type AlertPages, insertAlert } from './live-insert.ts';

const freshMs = 30_000;
const recountMs = 1_000;

export interface LiveSnapshot {
  readonly state: StreamState;
  /** Ids of alerts that arrived within the last half minute. */
  readonly fresh: ReadonlySet<string>;
  readonly latest: AlertSummary | undefined;
}

export class LiveAlerts implements Disposable {
  #snapshot: LiveSnapshot = { state: 'connecting', fresh: new Set(), latest: undefined };
  #recount: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;
  readonly #changedIncidents = new Set<string>();
  readonly #client: QueryClient;
  readonly #views = new Set<() => void>();
  readonly #stop: () => void;

  constructor(client: QueryClient) {
    this.#client = client;
    this.#stop = listenToAlerts({
      onAlert: (alert) => this.#take(alert),
      onIncident: ({ id }) => this.#refreshSoon(id),
      onState: (state, resumed) => {
        this.#show({ state });
        if (!resumed) return;
        void client.invalidateQueries({ queryKey: keys.alerts });
        void client.invalidateQueries({ queryKey: incidentKeys.all });
      },
    });
  }

  readonly subscribe = (view: () => void): (() => void) => {
    this.#views.add(view);
    return () => this.#views.delete(view);
  };

  readonly snapshot = (): LiveSnapshot => this.#snapshot;

  #show(change: Partial<LiveSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const view of this.#views) view();
  }

  #take(alert: AlertSummary): void {
    const lists = this.#client.getQueryCache().findAll({ queryKey: keys.alertLists });
    for (const { queryKey } of lists) {
      const matches = matchesFilter(alert, queryKey[2] as AlertFilter, Date.now());
      this.#client.setQueryData<AlertPages>(queryKey, (data) => data && insertAlert(data, alert, matches));
    }
    void this.#client.invalidateQueries({ queryKey: keys.alert(alert.id) });
    this.#recountSoon();
    // The hub also tells of alerts that were closed.
    if (alert.status !== 'open') return;
    this.#show({ latest: alert, fresh: new Set([...this.#snapshot.fresh, alert.id]) });
    setTimeout(() => this.#forget(alert.id), freshMs);
  }

  #forget(id: string): void {
    const fresh = new Set(this.#snapshot.fresh);
    fresh.delete(id);
    this.#show({ fresh });
  }

  /** One recount for a burst of alerts. */
  #recountSoon(): void {
    this.#recount ??= setTimeout(() => {
      this.#recount = undefined;
      void this.#client.invalidateQueries({ queryKey: keys.alertCounts });
    }, recountMs);
  }

  /** An alert that fires again and again moves its incident each time. */
  #refreshSoon(incident: string): void {
    this.#changedIncidents.add(incident);
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      for (const id of this.#changedIncidents) refreshIncident(this.#client, id);
      this.#changedIncidents.clear();
    }, recountMs);
  }

  [Symbol.dispose](): void {
    this.#stop();
    clearTimeout(this.#recount);
    clearTimeout(this.#refresh);
  }
}
