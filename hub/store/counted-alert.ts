// Which alerts count for their incidents.
import type { AlertRow } from './alert-row.ts';

type Judged = Pick<AlertRow, 'status' | 'close_reason' | 'suppressed_by'>;

/** What a person judged to be no attack, or what is suppressed, does not; what was dealt with does. */
export const isCounted = ({ status, close_reason, suppressed_by }: Judged): boolean =>
  suppressed_by === null && (status === 'open' || close_reason === 'resolved');
