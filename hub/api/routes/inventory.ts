// What a cluster consists of: counts, objects, and its own Events.
import { getInventory, listClusterEvents, listObjects } from '@yagura/contracts';
import type { Database } from '../../store/database.ts';
import * as store from '../../store/object-list.ts';
import { type Route, route } from '../route.ts';

export const inventoryRoutes = (db: Database): readonly Route[] => [
  route(getInventory, async ({ params }) => ({ items: [...(await store.countObjects(db, params.cluster))] })),
  route(listObjects, async ({ params, query }) => store.listObjects(db, params.cluster, query)),
  route(listClusterEvents, async ({ params, query }) => ({
    items: [...(await store.listClusterEvents(db, params.cluster, query))],
  })),
];
