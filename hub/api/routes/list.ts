// The one list of all routes of the API's port.
import type { AlertFeed } from '../alert-feed.ts';
import type { Route } from '../route.ts';
import { alertStreamRoutes } from './alert-stream.ts';
import { alertRoutes } from './alerts.ts';
import { type ConnectionRouteOptions, connectionRoutes } from './connections.ts';
import { type ExportRouteOptions, exportRoutes } from './exports.ts';
import { type ExtensionRouteOptions, extensionRoutes } from './extensions.ts';
import { fleetRoutes } from './fleet.ts';
import { incidentRoutes } from './incidents.ts';
import { inventoryRoutes } from './inventory.ts';
import { ruleFileRoutes } from './rule-files.ts';
import { type RuleMemoryRouteOptions, ruleMemoryRoutes } from './rule-memory.ts';
import { type RuleRouteOptions, ruleRoutes } from './rules.ts';
import { type SessionRouteOptions, sessionRoutes } from './session.ts';
import { type StatusRouteOptions, statusRoutes } from './status.ts';
import { suppressionRoutes } from './suppressions.ts';
import { type TokenRouteOptions, tokenRoutes } from './tokens.ts';
import { trailRoutes } from './trail.ts';
import { type WorkspaceRouteOptions, workspaceRoutes } from './workspace.ts';

export interface RouteOptions
  extends ExportRouteOptions,
    ConnectionRouteOptions,
    ExtensionRouteOptions,
    RuleMemoryRouteOptions,
    RuleRouteOptions,
    SessionRouteOptions,
    StatusRouteOptions,
    TokenRouteOptions,
    WorkspaceRouteOptions {
  readonly feed: AlertFeed;
}

export const createRoutes = (options: RouteOptions): readonly Route[] => [
  ...sessionRoutes(options),
  ...tokenRoutes(options),
  ...trailRoutes(options.db),
  ...alertRoutes(options.db, options.feed),
  ...alertStreamRoutes(options.db, options.feed),
  ...suppressionRoutes(options),
  ...exportRoutes(options),
  ...incidentRoutes(options.db, options.feed),
  ...ruleRoutes(options),
  ...ruleFileRoutes(options),
  ...ruleMemoryRoutes(options),
  ...workspaceRoutes(options),
  ...fleetRoutes(options),
  ...inventoryRoutes(options.db),
  ...connectionRoutes(options),
  ...extensionRoutes(options),
  ...statusRoutes(options),
];
