// Destinations of alerts: list, create, test, pause, resume, delete, and their dead letters.
import {
  createDestination,
  deleteDestination,
  discardDeadLetters,
  listDeadLetters,
  listDestinations,
  pauseDestination,
  resumeDestination,
  retryDeadLetters,
  testDestination,
} from '@yagura/contracts';
import type { Exports } from '../../export/start-exports.ts';
import { type RuleFitOptions, refuseUnknownRule } from '../../rules/find-rule-fit.ts';
import * as store from '../../store/destinations.ts';
import { type Route, route } from '../route.ts';

export interface ExportRouteOptions extends RuleFitOptions {
  readonly exports: Omit<Exports, typeof Symbol.asyncDispose>;
}

export const exportRoutes = ({ db, ruleBook, exports }: ExportRouteOptions): readonly Route[] => [
  route(listDestinations, async () => ({ items: [...(await exports.list())] })),
  route(createDestination, async ({ body, principal }) => {
    for (const rule of body.filter?.rules ?? [])
      await refuseUnknownRule('filter.rules', rule, { db, ruleBook });
    return exports.create(body, principal.name);
  }),
  route(testDestination, async ({ params }) => exports.test(params.id)),
  route(pauseDestination, async ({ params }) => {
    await exports.setState(params.id, 'paused');
    return undefined;
  }),
  route(resumeDestination, async ({ params }) => {
    await exports.setState(params.id, 'active');
    return undefined;
  }),
  route(deleteDestination, async ({ params }) => {
    await exports.remove(params.id);
    return undefined;
  }),
  route(listDeadLetters, async ({ query }) => {
    // "None" would be no answer for a name that was mistyped.
    if (query.destination !== undefined) await store.findDestination(db, query.destination);
    return { items: [...(await store.listDeadLetters(db, query))] };
  }),
  route(retryDeadLetters, async ({ params }) => ({ retried: await exports.retry(params.id) })),
  route(discardDeadLetters, async ({ params }) => ({ discarded: await exports.discard(params.id) })),
];
