// Keeps where each resource stands on disk; never further than what the publisher has.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, sleep } from '@yagura/kit/lean';
import { readStanding, type Standing, standingText, writeStanding } from './state-file.ts';

export interface StateKeeper {
  read(resource: string): Standing | undefined;
  /** To be written at the next turn. */
  touch(resource: string, standing: () => Standing): void;
  /** Writes what was touched. */
  save(): Promise<void>;
  /** Saves now and then until the signal fires, and then once more. */
  run(signal: AbortSignal): Promise<void>;
}

export interface StateKeeperOptions {
  readonly folder: string | undefined;
  /** Resolves when all that was told before is safe. */
  readonly flush: () => Promise<void>;
  readonly log: Pick<Logger, 'warn'>;
  readonly everyMs?: number;
}

const defaultEveryMs = 30_000;

export function createStateKeeper({
  folder,
  flush,
  log,
  everyMs = defaultEveryMs,
}: StateKeeperOptions): StateKeeper {
  const touched = new Map<string, () => Standing>();
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (resource: string): string => join(folder ?? '', `${resource}.state`);
  const save = async (): Promise<void> => {
    if (folder === undefined) return;
    for (const [resource, standing] of [...touched]) {
      touched.delete(resource);
      const now = standing();
      if (now.resourceVersion === '') continue;
      const text = standingText(now);
      await flush();
      try {
        writeStanding(pathOf(resource), text);
      } catch (error) {
        log.warn({ err: error }, 'where the inventory stands cannot be kept; a restart will list all');
      }
    }
  };
  return {
    save,
    read: (resource) => (folder === undefined ? undefined : readStanding(pathOf(resource))),
    touch: (resource, standing) => void touched.set(resource, standing),
    async run(signal) {
      while (!signal.aborted) {
        await sleep(everyMs, signal).catch(() => {});
        if (!signal.aborted) await save();
      }
    },
  };
}
