// The one list of all routes of the API's port.
import type { RuleInfo } from '@yagura/contracts';
import type { AlertFeed } from '../alert-feed.ts';
import type { Route } from '../route.ts';
import { alertStreamRoutes } from './alert-stream.ts';
import { alertRoutes } from './alerts.ts';
import { type FleetRouteOptions, fleetRoutes } from './fleet.ts';
import { incidentRoutes } from './incidents.ts';
import { ruleRoutes } from './rules.ts';
import { type SessionRouteOptions, sessionRoutes } from './session.ts';
import { type StatusRouteOptions, statusRoutes } from './status.ts';
import { suppressionRoutes } from './suppressions.ts';
import { type TokenRouteOptions, tokenRoutes } from './tokens.ts';
import { trailRoutes } from './trail.ts';

export interface RouteOptions
  extends FleetRouteOptions,
    SessionRouteOptions,
    StatusRouteOptions,
    TokenRouteOptions {
  readonly feed: AlertFeed;
  readonly rules: readonly RuleInfo[];
}

export const createRoutes = (options: RouteOptions): readonly Route[] => [
  ...sessionRoutes(options),
  ...tokenRoutes(options),
  ...trailRoutes(options.db),
  ...alertRoutes(options.db, options.feed),
  ...alertStreamRoutes(options.db, options.feed),
  ...suppressionRoutes(options),
  ...incidentRoutes(options.db, options.feed),
  ...ruleRoutes(options.rules),
  ...fleetRoutes(options),
  ...statusRoutes(options),
];
