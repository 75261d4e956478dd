// What the API server answers instead of what was asked for.
import { ClusterError } from '../../errors.ts';

export interface Refusal {
  readonly status: number;
  readonly path: string;
  readonly message: string;
  /** The header: seconds. */
  readonly retryAfter?: string | undefined;
}

const maxRetryAfterMs = 300_000;

export class ApiRefusal extends ClusterError {
  readonly status: number;
  /** How long the API server asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor({ status, path, message, retryAfter }: Refusal) {
    super('API_REQUEST_REFUSED', `${path.split('?')[0]}: ${status} ${message}`);
    this.status = status;
    const seconds = Number(retryAfter);
    this.retryAfterMs =
      retryAfter === undefined || !(seconds >= 0) ? undefined : Math.min(maxRetryAfterMs, seconds * 1000);
  }
}

export class ApiUnreachable extends ClusterError {
  constructor(message: string, options?: ErrorOptions) {
    super('API_SERVER_UNREACHABLE', message, options);
  }
}

/** The place in the watch is too old: only a list helps. */
export const isGone = (error: unknown): boolean => error instanceof ApiRefusal && error.status === 410;
