// Puts the API's port together: routes, console, and the headers that every answer carries.
import type { Logger } from '@yagura/kit';
import { Hono } from 'hono';
import { securityHeaders } from '../console/security-headers.ts';
import type { ServeConsole } from '../console/serve-console.ts';
import { HubError } from '../errors.ts';
import { answerError } from './answer-error.ts';
import { type BindOptions, bindRoutes } from './bind.ts';
import { checkHost } from './origin.ts';

export interface ApiOptions extends BindOptions {
  readonly console: ServeConsole;
  readonly hasTls: boolean;
}

export function createApi(options: ApiOptions): Hono {
  const headers = Object.entries(securityHeaders(options.hasTls));
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) context.res.headers.set(name, value);
  });
  app.route('/', bindRoutes(options));
  app.notFound(async (context) => serveRest(context.req.raw, options).catch(answer(options.log)));
  app.onError((error) => answerError(error, options.log));
  return app;
}

async function serveRest(request: Request, { console, origin }: ApiOptions): Promise<Response> {
  checkHost(request, origin);
  const page = await console(request);
  if (page !== undefined) return page;
  throw new HubError('ROUTE_UNKNOWN', `${request.method} ${new URL(request.url).pathname.slice(0, 200)}`);
}

const answer =
  (log: Logger) =>
  (error: unknown): Response =>
    answerError(error, log);
