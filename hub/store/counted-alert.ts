// Which alerts count for their incidents.
import type { AlertRow } from './alert-row.ts';

/** What a person judged to be no attack does not; what was dealt with does. */
export const isCounted = ({ status, close_reason }: Pick<AlertRow, 'status' | 'close_reason'>): boolean =>
  status === 'open' || close_reason === 'resolved';
