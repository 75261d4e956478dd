// Suppressions: list, create, end, and what one would do.
import {
  createSuppression,
  deleteSuppression,
  listSuppressions,
  previewSuppression,
  type SuppressionMatch,
} from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import { storableTime } from '../../store/storable.ts';
import * as store from '../../store/suppressions.ts';
import { isSpecific } from '../../suppression/match-alert.ts';
import { previewMatch } from '../../suppression/preview-match.ts';
import { type Route, route } from '../route.ts';

const longestMs = 366 * 24 * 60 * 60 * 1000;

export const suppressionRoutes = ({
  db,
  clock,
}: {
  readonly db: Database;
  readonly clock: Clock;
}): readonly Route[] => [
  route(listSuppressions, async () => ({ items: [...(await store.listSuppressions(db))] })),
  route(createSuppression, async ({ body, principal }) => {
    checkSpecific(body.match);
    checkExpiry(body.expiresAt, clock.now());
    return store.createSuppression(db, { ...body, createdBy: principal.name });
  }),
  route(deleteSuppression, async ({ params, principal }) => {
    if (!(await store.endSuppression(db, params.id, principal.name)))
      throw new HubError('NOT_FOUND', 'active suppression');
    return undefined;
  }),
  route(previewSuppression, async ({ query }) => previewMatch(db, query, clock.now())),
];

function checkSpecific(match: SuppressionMatch): void {
  if (!isSpecific(match))
    throw new HubError(
      'REQUEST_INVALID',
      'match: stars alone would keep every alert from view; name something',
    );
}

function checkExpiry(text: string, now: number): void {
  const at = storableTime(text) === null ? Number.NaN : Date.parse(text);
  if (!(at > now && at <= now + longestMs))
    throw new HubError('REQUEST_INVALID', 'expiresAt: must be a time within the next year, RFC 3339');
}
