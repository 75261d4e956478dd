// Runs one request: finds its route, answers with JSON, and turns whatever goes wrong into a clear refusal.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorBody } from '@yagura/contracts';
import type { Logger } from '@yagura/kit';
import { AuthorityError } from '../authority/errors.ts';
import { IngestError } from './errors.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import type { Router } from './route.ts';

export interface AnswerOptions {
  readonly router: Router;
  readonly log: Logger;
  readonly metrics: IngestMetrics;
}

/** How long the rest of a refused body is read into nothing, so that the sender gets to read the refusal. */
const drainMs = 5_000;

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createAnswer({ router, log, metrics }: AnswerOptions): Answer {
  return async (request, response) => {
    const startedAt = performance.now();
    const found = router(request);
    const endpoint = found?.route.endpoint.id ?? 'none';
    let code = 'OK';
    try {
      if (found === undefined) throw new IngestError('ROUTE_UNKNOWN');
      const body = await found.route.handle({ request, params: found.params });
      send(response, 200, body);
    } catch (error) {
      const refusal = toRefusal(error);
      code = refusal.code;
      if (refusal.status >= 500) log.error({ err: error, endpoint }, 'request failed');
      else log.debug({ code, endpoint, from: request.socket.remoteAddress }, 'request refused');
      refuse(request, response, refusal);
    }
    metrics.answers.inc({ endpoint, code });
    metrics.seconds.observe({ endpoint }, (performance.now() - startedAt) / 1000);
  };
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly mend: string;
  readonly retryAfterS?: number | undefined;
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof IngestError) return error;
  if (error instanceof AuthorityError) {
    const { code, message, mend } = error;
    return { status: code === 'AUTHORITY_DAMAGED' ? 503 : 400, code, message, mend };
  }
  return new IngestError('INTERNAL', undefined, { cause: error });
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const { status, code, message, mend, retryAfterS } = refusal;
  if (retryAfterS !== undefined) response.setHeader('retry-after', String(retryAfterS));
  const body: ErrorBody = { error: { code, message, mend } };
  send(response, status, body);
  if (request.complete) return;
  // A reader that gave up midway still listens; without it the rest flows.
  request.removeAllListeners('readable');
  request.resume();
  const timer = setTimeout(() => request.destroy(), drainMs);
  request.once('close', () => clearTimeout(timer));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
