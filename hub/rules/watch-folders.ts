// Calls back a moment after files in some folders changed: an editor writes a file in several steps.
import { statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '@yagura/kit';

export interface WatchFoldersOptions {
  readonly folders: readonly string[];
  readonly onChange: () => void;
  readonly log: Logger;
  readonly settleMs?: number;
}

/** A folder that cannot be watched is logged; it is read at each reload all the same. */
export function watchFolders({ folders, onChange, log, settleMs = 500 }: WatchFoldersOptions): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const ring = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs);
  };
  const unwatched = (folder: string, err: unknown): void =>
    log.warn({ err, folder }, 'the folder is not watched; SIGHUP or a reload through the API reads it again');
  const watchers = folders.flatMap((folder) => {
    try {
      // A file that an editor replaces is another one, and a watch of it would end.
      const isFile = statSync(folder).isFile();
      const watched = isFile ? dirname(folder) : folder;
      const watcher = watch(watched, { recursive: !isFile, persistent: false }, ring);
      watcher.on('error', (error) => unwatched(folder, error));
      return [watcher];
    } catch (error) {
      unwatched(folder, error);
      return [];
    }
  });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
