// The trail of changes.
import { listTrail } from '@yagura/contracts';
import type { Database } from '../../store/database.ts';
import * as store from '../../store/trail.ts';
import { type Route, route } from '../route.ts';

export const trailRoutes = (db: Database): readonly Route[] => [
  route(listTrail, async ({ query }) => ({ items: [...(await store.listTrail(db, query))] })),
];
