// The real routes over a database that is not there, for tests of what happens before a handler runs.
import { fileURLToPath } from 'node:url';
import { createEngine } from '@yagura/detection';
import { createLogger, createMetrics, systemClock } from '@yagura/kit';
import type { Hono } from 'hono';
import { createAlertFeed } from '../api/alert-feed.ts';
import { type BindOptions, bindRoutes } from '../api/bind.ts';
import { originRules } from '../api/origin.ts';
import type { ExportRouteOptions } from '../api/routes/exports.ts';
import { createRoutes } from '../api/routes/list.ts';
import { createSessionCookie } from '../api/session-cookie.ts';
import { readCharts } from '../extensions/charts.ts';
import { createRateLimit } from '../ingest/rate-limit.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { openDatabase } from '../store/database.ts';
import type { NewTrailEntry } from '../store/trail.ts';
import { viewNow } from './view-now.ts';

const clock = systemClock;
const db = openDatabase({ connection: { host: '/nonexistent', user: 'nobody' } });

const noRules: RuleBook = {
  engine: createEngine([]),
  attach: () => {},
  rules: () => [],
  rule: () => undefined,
  problems: () => [],
  notices: () => [],
  reload: async () => {},
  change: (work) => work(),
  check: async () => ({ ok: false, rules: [], problems: [], notices: [], tests: [] }),
  checkRemoval: async () => [],
  refreshCosts: () => {},
};

const unavailable = async (): Promise<never> => {
  throw new Error('not here');
};
const notHere: ExportRouteOptions['exports'] = {
  ring: () => undefined,
  finding: () => ({ name: 'exports', healthy: true }),
  ...{ list: unavailable, create: unavailable, test: unavailable, setState: unavailable },
  ...{ remove: unavailable, retry: unavailable, discard: unavailable },
};

export const realRoutes = createRoutes({
  db,
  clock,
  cookie: createSessionCookie({ isSecure: false }),
  failures: createRateLimit({ clock, times: 3, windowMs: 60_000 }),
  makeSignInLink: async () => ({ url: 'http://127.0.0.1/sign-in?code=x', expiresAt: '2026-01-01T00:00:00Z' }),
  feed: createAlertFeed(),
  ruleBook: noRules,
  ruleMemory: { import: async () => {}, problemOf: () => undefined, isOpen: () => false },
  exports: notHere,
  status: {
    read: async () => {
      throw new Error('not here');
    },
    failing: async () => ['database'],
  },
  metrics: createMetrics('test'),
  version: '0.0.0',
  workspace: 'w',
  authority: 'PEM',
  agentsUrl: () => 'https://127.0.0.1:7443',
  view: viewNow,
  maxAgents: 10,
  retention: { closedAlertDays: 90, occurrenceDays: 30, trailDays: 365 },
  charts: await readCharts(fileURLToPath(new URL('../../deploy/chart', import.meta.url))),
  tunnels: { isOpen: () => false, request: () => 'none' },
});

export interface TestApp {
  readonly app: Hono;
  readonly trail: NewTrailEntry[];
}

export function testApp(options: Partial<BindOptions> = {}): TestApp {
  const trail: NewTrailEntry[] = [];
  const app = bindRoutes({
    routes: realRoutes,
    origin: originRules({ isLoopback: true }),
    log: createLogger({ name: 'test', level: 'silent' }),
    authenticate: async () => undefined,
    recordTrail: async (entry) => {
      trail.push(entry);
    },
    remoteOf: () => '127.0.0.1',
    ...options,
  });
  return { app, trail };
}
