// Derives a status code where a log leaves it out.
import type { AuditRequest } from '@yagura/contracts';

const codeOfReason: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
};

const decisionKey = 'authorization.k8s.io/decision';

/** `undefined` when the code is logged, or when nothing in the record tells. */
export function inferStatusCode(request: AuditRequest): number | undefined {
  if (request.responseStatus?.code !== undefined) return undefined;
  const reason = request.responseStatus?.reason;
  if (reason !== undefined && Object.hasOwn(codeOfReason, reason)) return codeOfReason[reason];
  const decision = request.annotations?.[decisionKey];
  return decision === 'forbid' ? 403 : undefined;
}
