// A lookup in the store that is asked again after a few seconds, and that bridges a database which is away for a while.
import type { Clock } from '@yagura/kit';

export interface CachedLookup<T> {
  /** `undefined` where the store knows nothing under this key. Throws when the store fails and nothing fresh enough is held. */
  get(key: string): Promise<T | undefined>;
  forget(key: string): void;
}

export interface CachedLookupOptions<T> {
  readonly clock: Clock;
  readonly look: (key: string) => Promise<T | undefined>;
  /** How long an answer holds. */
  readonly freshMs: number;
  /** How long an answer may be used while the store fails. */
  readonly staleMs: number;
  readonly maxKeys: number;
}

interface Entry<T> {
  readonly at: number;
  readonly value: T | undefined;
}

export function createCachedLookup<T>(options: CachedLookupOptions<T>): CachedLookup<T> {
  const { clock, look, freshMs, staleMs, maxKeys } = options;
  const entries = new Map<string, Entry<T>>();
  const underWay = new Map<string, Promise<T | undefined>>();
  const remember = (key: string, value: T | undefined): void => {
    entries.delete(key);
    if (entries.size >= maxKeys) {
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    }
    entries.set(key, { at: clock.now(), value });
  };
  const ask = async (key: string): Promise<T | undefined> => {
    const held = entries.get(key);
    try {
      const value = await look(key);
      remember(key, value);
      return value;
    } catch (error) {
      if (held !== undefined && clock.now() - held.at < staleMs) return held.value;
      throw error;
    }
  };
  return {
    async get(key) {
      const held = entries.get(key);
      if (held !== undefined && clock.now() - held.at < freshMs) return held.value;
      const asked = underWay.get(key) ?? ask(key).finally(() => underWay.delete(key));
      underWay.set(key, asked);
      return asked;
    },
    forget: (key) => void entries.delete(key),
  };
}
