// From any error to an answer that tells what to do, and never more than that.
import type { ErrorBody } from '@yagura/contracts';
import type { Logger } from '@yagura/kit';
import { HubError } from '../errors.ts';
import { isDatabaseDown } from '../store/database-down.ts';

export function answerError(error: unknown, log: Logger): Response {
  const known = toHubError(error);
  // A bug, or the world's fault: the reason is for the log, not for the caller.
  if (known.status >= 500) log.error({ err: error, code: known.code }, 'a request failed');
  const { code, message, mend, status, retryAfterS } = known;
  const body: ErrorBody = { error: { code, message, mend } };
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (retryAfterS !== undefined) headers.set('retry-after', String(retryAfterS));
  if (code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer');
  return Response.json(body, { status, headers });
}

function toHubError(error: unknown): HubError {
  if (error instanceof HubError) return error;
  if (isDatabaseDown(error)) return new HubError('DATABASE_UNAVAILABLE', undefined, { retryAfterS: 5 });
  return new HubError('INTERNAL');
}
