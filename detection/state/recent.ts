// Tells whether an occurrence was there a short while ago: records of one request come in twos, and senders repeat.
import { rememberLast } from '../fields/remember-last.ts';
import { hashNumber } from './hash.ts';

/** In each of two generations. */
const generationLimit = 1024;

/** Each rule that remembers asks of the same occurrence. */
const markOf = rememberLast(hashNumber);

export interface Recent {
  /** True at the first time. */
  readonly isNew: (occurrenceId: string) => boolean;
  readonly save: () => unknown;
  readonly load: (saved: unknown) => void;
}

export function createRecent(): Recent {
  let [older, newer] = [new Set<number>(), new Set<number>()];
  return {
    isNew: (occurrenceId) => {
      const mark = markOf(occurrenceId);
      if (newer.has(mark) || older.has(mark)) return false;
      if (newer.size >= generationLimit) [older, newer] = [newer, new Set()];
      newer.add(mark);
      return true;
    },
    save: () => [...older, ...newer],
    load: (saved) => {
      const marks = Array.isArray(saved) ? saved.filter((mark) => typeof mark === 'number') : [];
      older = new Set(marks.slice(-2 * generationLimit, -generationLimit));
      newer = new Set(marks.slice(-generationLimit));
    },
  };
}
