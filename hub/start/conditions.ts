// How the parts of the hub are, and since when.
import type { HubStatus } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';

export type Condition = HubStatus['conditions'][number];

export interface Finding {
  readonly name: string;
  readonly healthy: boolean;
  readonly message?: string | undefined;
}

export interface Conditions {
  /** Returns the condition, with `since` kept where only the message changed. */
  observe(finding: Finding): Condition;
}

export function createConditions(clock: Clock): Conditions {
  const known = new Map<string, Condition>();
  return {
    observe({ name, healthy, message }) {
      const before = known.get(name);
      const since = before?.healthy === healthy ? before.since : rfc3339FromMs(clock.now());
      const condition = { name, healthy, since, ...(message === undefined ? {} : { message }) };
      known.set(name, condition);
      return condition;
    },
  };
}
