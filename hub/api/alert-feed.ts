// Hands changed alerts and incidents to everyone who watches; one who reads too slowly is cut off, and counted.
import type { AlertChange } from '../store/alerts.ts';
import type { IncidentChange } from '../store/incident-row.ts';

export type FeedChange = AlertChange | IncidentChange;

export interface AlertFeedOptions {
  readonly maxWatchers?: number;
  /** Changes that wait for one watcher; a batch of the pipeline is up to a thousand alerts, and their incidents. */
  readonly maxWaiting?: number;
}

export interface Watcher extends Disposable {
  /** Everything that waits, or undefined once it was cut off or the feed was closed. Resolves when there is something. */
  next(): Promise<readonly FeedChange[] | undefined>;
}

export interface AlertFeed {
  publish(changes: readonly FeedChange[]): void;
  /** Undefined if there are too many already. */
  watch(): Watcher | undefined;
  close(): void;
  stats(): { readonly watchers: number; readonly cutOff: number };
}

interface State {
  waiting: FeedChange[];
  ended: boolean;
  wake: () => void;
}

export function createAlertFeed({ maxWatchers = 200, maxWaiting = 4_000 }: AlertFeedOptions = {}): AlertFeed {
  const states = new Set<State>();
  let cutOff = 0;
  const end = (state: State): void => {
    state.ended = true;
    state.waiting = [];
    states.delete(state);
    state.wake();
  };
  return {
    publish(changes) {
      if (changes.length === 0) return;
      for (const state of states) {
        if (state.waiting.length + changes.length > maxWaiting) {
          cutOff += 1;
          end(state);
          continue;
        }
        state.waiting.push(...changes);
        state.wake();
      }
    },
    watch() {
      if (states.size >= maxWatchers) return undefined;
      const state: State = { waiting: [], ended: false, wake: () => undefined };
      states.add(state);
      return { next: () => nextOf(state), [Symbol.dispose]: () => end(state) };
    },
    close: () => states.forEach(end),
    stats: () => ({ watchers: states.size, cutOff }),
  };
}

async function nextOf(state: State): Promise<readonly FeedChange[] | undefined> {
  if (!state.ended && state.waiting.length === 0)
    await new Promise<void>((resolve) => {
      state.wake = resolve;
    });
  if (state.ended) return undefined;
  const all = state.waiting;
  state.waiting = [];
  return all;
}
