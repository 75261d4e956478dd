// Alerts as a hub raises them, over connections that break: what was raised meanwhile is caught up with.
import { setTimeout as sleep } from 'node:timers/promises';
import { type AlertSummary, listAlerts, watchAlerts as watchAlertsEndpoint } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import type { HubClient } from './hub-client.ts';

export interface WatchOptions {
  readonly client: HubClient;
  readonly signal: AbortSignal;
  /** Those that a suppression keeps from view: them alone, or all. */
  readonly suppressed?: 'true' | 'all';
  readonly onBreak?: (error: Error, retryMs: number) => void;
}

const minRetryMs = 500;
const maxRetryMs = 15_000;
/** How many alerts' last counts are remembered, so that a catch-up repeats none. */
const maxRemembered = 10_000;

class AlertWatch {
  readonly #options: WatchOptions;
  readonly #counts = new Map<string, number>();
  #latest: string | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  async *alerts(): AsyncGenerator<AlertSummary> {
    const { signal, onBreak } = this.#options;
    let retryMs = minRetryMs;
    let wasConnected = false;
    while (!signal.aborted) {
      try {
        for await (const alert of this.#connection(wasConnected)) {
          wasConnected = true;
          retryMs = minRetryMs;
          if (alert !== undefined) yield alert;
        }
        throw new CliError('HUB_UNREACHABLE', 'the hub closed the stream');
      } catch (error) {
        if (signal.aborted) return;
        // The first connection must work, and a refusal does not mend itself.
        if (!wasConnected || (error as CliError).code === 'HUB_REFUSED') throw error;
        onBreak?.(error as Error, retryMs);
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
        retryMs = Math.min(maxRetryMs, retryMs * 2);
      }
    }
  }

  /** Yields `undefined` once it stands. */
  async *#connection(isAgain: boolean): AsyncGenerator<AlertSummary | undefined> {
    const { client, signal } = this.#options;
    const stream = client
      .stream(watchAlertsEndpoint, { query: this.#query(), signal })
      [Symbol.asyncIterator]();
    // Asked for before the list, so that nothing falls between the two.
    let next = stream.next();
    next.catch(() => undefined);
    try {
      const missed = isAgain && this.#latest !== undefined ? await this.#missedSince(this.#latest) : [];
      if (!isAgain) await client.call(listAlerts, { query: { limit: 1 } });
      yield undefined;
      for (const alert of missed) if (this.#isNews(alert)) yield alert;
      for (let step = await next; !step.done; step = await next) {
        next = stream.next();
        next.catch(() => undefined);
        const alert =
          step.value.event === 'alert' ? (JSON.parse(step.value.data) as AlertSummary) : undefined;
        if (alert !== undefined && this.#isNews(alert)) yield alert;
      }
    } finally {
      // Not waited for: it ends behind the read that is under way.
      void stream.return?.(undefined);
    }
  }

  async #missedSince(since: string): Promise<readonly AlertSummary[]> {
    const page = await this.#options.client.call(listAlerts, {
      query: { ...this.#query(), since, limit: 500 },
    });
    return page.items.toReversed();
  }

  #query(): { readonly suppressed?: 'true' | 'all' } {
    const { suppressed } = this.#options;
    return suppressed === undefined ? {} : { suppressed };
  }

  #isNews(alert: AlertSummary): boolean {
    if (this.#latest === undefined || alert.lastSeenAt > this.#latest) this.#latest = alert.lastSeenAt;
    if (this.#counts.get(alert.id) === alert.count) return false;
    this.#counts.delete(alert.id);
    this.#counts.set(alert.id, alert.count);
    const oldest = this.#counts.keys().next();
    if (this.#counts.size > maxRemembered && !oldest.done) this.#counts.delete(oldest.value);
    return true;
  }
}

/** Ends when the signal aborts; throws when the hub cannot be reached at first, or refuses. */
export const watchAlerts = (options: WatchOptions): AsyncIterable<AlertSummary> =>
  new AlertWatch(options).alerts();
