// Remembers container facts, asks each source once at a time, and asks again later for what was not there.
import type { ContainerRef } from '../container-id.ts';
import { errorText } from '../error-text.ts';
import type { ContainerFacts, FactSource } from './container-facts.ts';

export interface FactBookOptions {
  /** In the order of trust: the first that knows the container is believed. */
  readonly sources: readonly FactSource[];
  /** Containers remembered; the longest unused goes first. */
  readonly limit: number;
  readonly now: () => number;
  readonly onError: (source: string, message: string) => void;
}

export interface FactBook {
  /** What is known now, without waiting. */
  known(id: string): ContainerFacts | undefined;
  /** Undefined when there is nothing to wait for: known already, or asked in vain a moment ago. */
  ask(ref: ContainerRef): Promise<void> | undefined;
}

interface Entry {
  readonly facts?: ContainerFacts;
  readonly asking?: Promise<void>;
  readonly failures: number;
  readonly askAgainAt: number;
}

/** A container is in its cgroup before its runtime has written its state down; so the first waits are short. */
const retryMs = [100, 300, 1000, 5000, 30_000] as const;
const retryAfter = (failures: number): number => retryMs[Math.min(failures, retryMs.length) - 1] ?? 30_000;

export function createFactBook({ sources, limit, now, onError }: FactBookOptions): FactBook {
  const entries = new Map<string, Entry>();
  const put = (id: string, entry: Entry): void => {
    entries.delete(id);
    entries.set(id, entry);
    if (entries.size > limit) entries.delete(entries.keys().next().value ?? id);
  };
  const askAll = async (ref: ContainerRef, failures: number): Promise<void> => {
    const facts = await askSources(sources, ref, onError);
    if (facts) put(ref.id, { facts, failures: 0, askAgainAt: 0 });
    else put(ref.id, { failures: failures + 1, askAgainAt: now() + retryAfter(failures + 1) });
  };
  return {
    known: (id) => entries.get(id)?.facts,
    ask: (ref) => {
      const entry = entries.get(ref.id);
      if (entry?.facts) {
        put(ref.id, entry);
        return undefined;
      }
      if (entry?.asking) return entry.asking;
      if (entry && entry.askAgainAt > now()) return undefined;
      const failures = entry?.failures ?? 0;
      const asking = askAll(ref, failures);
      put(ref.id, { asking, failures, askAgainAt: 0 });
      return asking;
    },
  };
}

async function askSources(
  sources: readonly FactSource[],
  ref: ContainerRef,
  onError: FactBookOptions['onError'],
): Promise<ContainerFacts | undefined> {
  for (const source of sources) {
    try {
      const facts = await source.find(ref);
      if (facts) return facts;
    } catch (error) {
      onError(source.name, errorText(error));
    }
  }
  return undefined;
}
