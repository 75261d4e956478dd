// Puts events into the event log, durably, or says why the sender must come again.
import type { EventLog, NewEvents } from '../event-log/event-log.ts';
import { IngestError } from './errors.ts';

const retryAfterS = 5;

/** `false`: these had been taken before. Throws `LOG_FULL` or `UNAVAILABLE`, and nothing was taken. */
export function appendEvents(eventLog: Pick<EventLog, 'append'>, events: NewEvents): boolean {
  const status = append(eventLog, events);
  if (status === 'full') throw new IngestError('LOG_FULL', undefined, { retryAfterS });
  return status === 'stored';
}

function append(eventLog: Pick<EventLog, 'append'>, events: NewEvents): 'stored' | 'duplicate' | 'full' {
  try {
    return eventLog.append(events).status;
  } catch (cause) {
    throw new IngestError('UNAVAILABLE', (cause as Error).message, { cause, retryAfterS });
  }
}
