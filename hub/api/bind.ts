// Binds routes to paths: proves who asks, checks what comes in, answers, and writes changes into the trail.
import type { Endpoint } from '@yagura/contracts';
import { type Logger, shortHash } from '@yagura/kit';
import { Hono } from 'hono';
import { HubError } from '../errors.ts';
import type { NewTrailEntry } from '../store/trail.ts';
import { answerError } from './answer-error.ts';
import { checkHost, checkOrigin, type OriginRules } from './origin.ts';
import { permit } from './permit.ts';
import type { Principal } from './principal.ts';
import { checker, readJson, readQuery, refuseNul } from './read-input.ts';
import type { Call, Reply, Route } from './route.ts';

export interface BindOptions {
  readonly routes: readonly Route[];
  readonly origin: OriginRules;
  readonly log: Logger;
  /** Who asks, or undefined; throws if what is presented does not hold. */
  readonly authenticate: (request: Request, remote: string) => Promise<Principal | undefined>;
  readonly recordTrail: (entry: NewTrailEntry) => Promise<void>;
  readonly remoteOf: (env: unknown) => string;
  /** Called when an endpoint has answered. */
  readonly onAnswer?: (endpoint: Endpoint, status: number, tookMs: number) => void;
}

export function bindRoutes(options: BindOptions): Hono {
  const app = new Hono();
  app.onError((error) => answerError(error, options.log));
  for (const route of options.routes) {
    const { endpoint } = route;
    const answer = answerer(route, options);
    app.on(endpoint.method, pattern(endpoint.path), async (context) => {
      const startedAt = performance.now();
      const params = context.req.param() as Record<string, string>;
      const response = await answer(context.req.raw, params, options.remoteOf(context.env)).catch(
        (error: unknown) => answerError(error, options.log),
      );
      options.onAnswer?.(endpoint, response.status, performance.now() - startedAt);
      return response;
    });
  }
  return app;
}

/** As the router writes parameters; `{+name}` takes all the rest. */
const pattern = (path: string): string =>
  path.replaceAll(/\{\+(\w+)\}/g, ':$1{.+}').replaceAll(/\{(\w+)\}/g, ':$1');

type Answer = (request: Request, params: Record<string, string>, remote: string) => Promise<Response>;

function answerer({ endpoint, handle }: Route, options: BindOptions): Answer {
  const checkQuery = endpoint.query && checker(endpoint.query, 'query');
  const checkBody = endpoint.body && checker(endpoint.body, 'body');
  return async (request, params, remote) => {
    checkHost(request, options.origin);
    const principal = await options.authenticate(request, remote);
    checkOrigin(request, options.origin, principal?.by === 'cookie');
    permit(endpoint, principal);
    for (const value of Object.values(params)) refuseNul(value);
    const reply: Reply = { status: 200, headers: new Headers() };
    const call = {
      params,
      query: readQuery(new URL(request.url), endpoint.query, checkQuery),
      body:
        checkBody &&
        (await readJson(request, {
          schema: endpoint.body,
          check: checkBody,
          limitBytes: endpoint.maxBodyBytes,
        })),
      principal,
      request,
      remote,
      reply,
    } as unknown as Call<Endpoint>;
    const result = await handle(call);
    if (isForTrail(endpoint) && principal)
      await options.recordTrail(trailEntry(endpoint, principal, call, result));
    return toResponse(result, endpoint, reply);
  };
}

const isForTrail = ({ method, changesNothing, recordsItself, access }: Endpoint): boolean =>
  method !== 'GET' && !changesNothing && !recordsItself && access !== 'open';

function trailEntry(
  endpoint: Endpoint,
  principal: Principal,
  call: Call<Endpoint>,
  result: unknown,
): NewTrailEntry {
  const { id, name } = call.params as { id?: string; name?: string };
  const named = call.body as { name?: unknown } | undefined;
  const made = result as { id?: unknown } | undefined;
  const target = [id, name, made?.id, named?.name].find((value) => typeof value === 'string');
  return {
    actor: principal.name,
    action: endpoint.id,
    target,
    detail: shortened(withoutSecrets(call.body ?? call.query, endpoint)),
  };
}

/** What a secret was is nobody's business, that one was given is. */
function withoutSecrets(body: unknown, { secrets = [] }: Endpoint): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, secrets.includes(name) ? '[secret]' : value]),
  );
}

const longText = 2_000;

/** Whole rule files are kept by version; the trail names them by their hash. */
const shortened = (detail: unknown): unknown =>
  detail === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(detail, (_, value: unknown) =>
          typeof value === 'string' && value.length > longText
            ? `${value.slice(0, 100)}… (${value.length} characters, ${shortHash(value)})`
            : value,
        ),
      );

function toResponse(result: unknown, endpoint: Endpoint, { status, headers }: Reply): Response {
  if (result instanceof Response) return result;
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (endpoint.response === undefined) return new Response(null, { status: 204, headers });
  if (result === undefined) throw new HubError('INTERNAL', `${endpoint.id} answered nothing`);
  return Response.json(result, { status, headers });
}
