// Refuses a time that the database would not take.
import { HubError } from '../errors.ts';
import { storableTime } from '../store/storable.ts';

export function checkTime(name: string, text: string | undefined): void {
  if (text !== undefined && storableTime(text) === null)
    throw new HubError('REQUEST_INVALID', `${name}: not a time such as 2026-01-31T12:00:00Z`);
}
