// Gives rules back what they remembered, and takes out of the event log what that memory covers.
import { createDetectionState, type DetectionState } from '@yagura/detection';
import type { Logger } from '@yagura/kit';
import type { EventLog } from '../event-log/event-log.ts';
import type { Database } from '../store/database.ts';
import { readMemory, readPlace } from '../store/rule-memory.ts';

export interface RestoreMemoryOptions {
  readonly db: Database;
  readonly eventLog: Pick<EventLog, 'remove' | 'stats'>;
  readonly log: Logger;
}

/** A part that cannot be read costs only itself: its rule begins to learn anew. */
export async function restoreMemory({ db, eventLog, log }: RestoreMemoryOptions): Promise<DetectionState> {
  const state = createDetectionState();
  await fillMemory(db, state, log);
  const place = await readPlace(db);
  // Saved, and then the hub ended before it removed them. Of another event log the number means nothing.
  if (place !== undefined && place.log === eventLog.stats().droppedSince) eventLog.remove(place.seq);
  return state;
}

/** Replaces what is remembered by what is saved. */
export async function fillMemory(db: Database, state: DetectionState, log: Logger): Promise<void> {
  const { parts, leftOut } = await readMemory(db);
  const unread = state.restore({ format: 1, parts }) + leftOut;
  if (unread > 0) log.warn({ parts: unread }, 'some of what rules remembered could not be read');
  log.info({ parts: parts.length }, 'what rules remember is restored');
}
