// The position of a page, opaque to callers.
import { HubError } from '../errors.ts';
import { storableTime } from './storable.ts';

export interface Cursor {
  readonly time: string;
  readonly id: string;
}

export const encodeCursor = ({ time, id }: Cursor): string =>
  Buffer.from(JSON.stringify([time, id])).toString('base64url');

export function decodeCursor(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(value)) {
      const [time, id] = value as unknown[];
      if (typeof time === 'string' && typeof id === 'string' && storableTime(time) !== null)
        return { time, id: id.replaceAll(String.fromCharCode(0), '') };
    }
  } catch {}
  throw new HubError('REQUEST_INVALID', 'cursor: not one that this hub gave');
}
