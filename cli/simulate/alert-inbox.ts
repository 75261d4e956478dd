// Looks for the alerts about one container in the hub's API, and notes when each was first seen there.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertSummary } from '@yagura/contracts';

const pollMs = 25;

export interface ArrivedAlert {
  readonly rule: string;
  readonly alert: string;
  /** From the kernel's time stamp of the event to the alert's arrival at this client. */
  readonly latencyMs: number;
}

export interface InboxOptions {
  readonly container: string;
  /** The latest alerts that the hub's API knows. */
  readonly list: () => Promise<readonly AlertSummary[]>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export class AlertInbox {
  readonly #options: InboxOptions;
  readonly #arrived = new Map<string, ArrivedAlert>();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Those of `rules` that arrived before `deadline` (milliseconds since the epoch). Rejects when the hub does not answer. */
  async waitFor(rules: readonly string[], deadline: number): Promise<readonly ArrivedAlert[]> {
    await this.#look();
    while (rules.some((rule) => !this.#arrived.has(rule)) && this.#options.now() < deadline) {
      await sleep(pollMs);
      await this.#look();
    }
    return rules.flatMap((rule) => this.#arrived.get(rule) ?? []);
  }

  async #look(): Promise<void> {
    const { container, list, now } = this.#options;
    const alerts = await list();
    const at = now();
    for (const { id, rule, firstSeenAt, entities } of alerts) {
      // Some runtimes and rules shorten a container's id.
      if (!entities.container || !container.startsWith(entities.container) || this.#arrived.has(rule))
        continue;
      this.#arrived.set(rule, { rule, alert: id, latencyMs: at - Date.parse(firstSeenAt) });
    }
  }
}
