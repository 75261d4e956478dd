// Starts the API's port: console and API over HTTP on loopback, or over TLS.
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Retention } from '@yagura/contracts';
import type { Clock, Logger, Metrics } from '@yagura/kit';
import { createConsole } from '../console/serve-console.ts';
import type { Exports } from '../export/start-exports.ts';
import type { KnownCharts } from '../extensions/charts.ts';
import { createRateLimit } from '../ingest/rate-limit.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { Database } from '../store/database.ts';
import { recordTrail } from '../store/trail.ts';
import type { Tunnels } from '../tunnel/tunnels.ts';
import type { AlertFeed } from './alert-feed.ts';
import { createApiMetrics, createFeedMetrics } from './api-metrics.ts';
import { createAuthenticate } from './authenticate.ts';
import { createApi } from './create-api.ts';
import { listen, type Tls } from './listen.ts';
import { originRules } from './origin.ts';
import { createRoutes } from './routes/list.ts';
import type { RuleMemoryRouteOptions } from './routes/rule-memory.ts';
import { createSessionCookie } from './session-cookie.ts';
import { type MakeSignInLink, signInLinks } from './sign-in-link.ts';
import type { StatusSource } from './status-source.ts';

export interface StartApiOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly feed: AlertFeed;
  readonly ruleBook: RuleBook;
  readonly ruleMemory: RuleMemoryRouteOptions['ruleMemory'];
  readonly exports: Exports;
  readonly status: StatusSource;
  readonly workspace: string;
  readonly version: string;
  readonly authority: string;
  readonly agentsUrl: string;
  readonly tunnels: Tunnels;
  readonly charts: KnownCharts;
  readonly clusterOfflineMs: number;
  readonly auditSilentMs: number;
  readonly maxAgents: number;
  readonly retention: Retention;
  readonly consoleFolder: string;
  readonly listen: { readonly host: string; readonly port: number; readonly isLoopback: boolean };
  readonly publicUrl?: string | undefined;
  readonly tls?: Tls | undefined;
}

export interface Api extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  readonly makeSignInLink: MakeSignInLink;
}

const failuresPerMinute = 10;

export async function startApi(options: StartApiOptions): Promise<Api> {
  const { db, clock, log, feed } = options;
  let url = '';
  const makeSignInLink = signInLinks(db, clock, () => (options.publicUrl ?? url).replace(/\/$/, ''));
  const cookie = createSessionCookie({ isSecure: isSecure(options) });
  const failures = createRateLimit({ clock, times: failuresPerMinute, windowMs: 60_000 });
  const refresh = createFeedMetrics(options.metrics, feed);
  const metrics = {
    contentType: options.metrics.contentType,
    text: () => {
      refresh();
      options.ruleBook.refreshCosts();
      return options.metrics.text();
    },
  };
  const app = createApi({
    routes: createRoutes({
      ...options,
      agentsUrl: () => options.agentsUrl,
      view: () => ({
        now: clock.now(),
        offlineAfterMs: options.clusterOfflineMs,
        auditSilentAfterMs: options.auditSilentMs,
        isTunnelOpen: options.tunnels.isOpen,
      }),
      ...{ cookie, failures, makeSignInLink, metrics },
    }),
    origin: originRules({ isLoopback: options.listen.isLoopback, publicUrl: options.publicUrl }),
    authenticate: createAuthenticate({ db, clock, cookie, failures }),
    recordTrail: (entry) => recordTrail(db, entry),
    remoteOf: (env) => (env as HttpBindings).incoming.socket.remoteAddress ?? 'unknown',
    onAnswer: createApiMetrics(options.metrics),
    console: createConsole(options.consoleFolder),
    hasTls: options.tls !== undefined,
    log,
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const listening = await listen({ ...options.listen, tls: options.tls, listener });
  url = listening.url;
  return {
    url,
    makeSignInLink,
    async [Symbol.asyncDispose]() {
      feed.close();
      await listening.close();
    },
  };
}

/** A proxy with TLS before a hub on loopback: the browser sees TLS. */
const isSecure = ({ tls, publicUrl }: StartApiOptions): boolean =>
  tls !== undefined || (publicUrl?.startsWith('https:') ?? false);
