// The HTTP status of a GKE audit entry, which often tells no more than a gRPC code.
import { type Fields, fieldsOf, textOf } from './fields.ts';

export interface EntryStatus {
  readonly code: number | undefined;
  readonly message: string | undefined;
  /** The code was not logged, but derived. */
  readonly isInferred: boolean;
}

/** HTTP codes of google.rpc.Code; https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const httpOfGrpc: Readonly<Record<number, number>> = {
  1: 499,
  2: 500,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  15: 500,
  16: 401,
};

/** `success` is what the request is answered with when all is well. The response goes before the codes. */
export function statusOf(payload: Fields, labels: Fields, success: number): EntryStatus {
  const response = fieldsOf(payload['response']);
  const status = fieldsOf(payload['status']);
  const message = textOf(status['message']);
  if (textOf(response['@type'])?.endsWith('.Status') && typeof response['code'] === 'number') {
    return { code: response['code'], message: textOf(response['message']) ?? message, isInferred: false };
  }
  const grpc = status['code'] ?? 0;
  if (typeof grpc !== 'number') return { code: undefined, message, isInferred: true };
  if (grpc !== 0) return { code: httpOfGrpc[grpc], message, isInferred: true };
  const isRefused = labels['authorization.k8s.io/decision'] === 'forbid';
  return { code: isRefused ? 403 : success, message, isInferred: true };
}
