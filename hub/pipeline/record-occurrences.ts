// Records occurrences so that one that the database refuses costs only itself.
import type { AlertChange, Occurrence } from '../store/alerts.ts';

export type Record = (occurrences: readonly Occurrence[]) => Promise<readonly AlertChange[]>;

export interface Recorded {
  readonly changes: readonly AlertChange[];
  readonly refused: readonly { readonly occurrence: Occurrence; readonly error: unknown }[];
}

/** Splits only where `isRefusal` says that the data are to blame; any other error is thrown, to try the whole again. */
export async function recordOccurrences(
  record: Record,
  occurrences: readonly Occurrence[],
  isRefusal: (error: unknown) => boolean,
): Promise<Recorded> {
  try {
    return { changes: await record(occurrences), refused: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = occurrences;
    if (only === undefined) return { changes: [], refused: [] };
    if (occurrences.length === 1) return { changes: [], refused: [{ occurrence: only, error }] };
    const middle = occurrences.length >> 1;
    const first = await recordOccurrences(record, occurrences.slice(0, middle), isRefusal);
    const second = await recordOccurrences(record, occurrences.slice(middle), isRefusal);
    return {
      changes: [...first.changes, ...second.changes],
      refused: [...first.refused, ...second.refused],
    };
  }
}
