// Opens the event log in its folder, readable by its owner alone: raw audit events pass through it.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Logger, openQueue } from '@yagura/kit';
import { createEventLog, type EventLog } from './event-log.ts';

export interface EventLogOptions {
  readonly dir: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Throws KitError `QUEUE_IN_USE` where another hub has it open. */
export function openEventLog({ dir, limitBytes, clock, log }: EventLogOptions): EventLog & Disposable {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const path = join(dir, 'events.db');
  // SQLite gives its log and index the permissions of the file that it finds.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const queue = openQueue({
    path,
    limitBytes,
    overflow: 'refuse',
    clock,
    onCorrupt: (movedTo) =>
      log.error(
        { movedTo },
        'the event log was unreadable and was moved aside; events that were waiting in it are lost',
      ),
  });
  return { ...createEventLog(queue), [Symbol.dispose]: () => queue[Symbol.dispose]() };
}
