// What can go wrong between the console and the hub, with what mends it.
import type { ErrorBody } from '@yagura/contracts';

export const errorCodes = {
  HUB_UNREACHABLE: {
    meaning: 'The hub did not answer',
    mend: 'Check that the hub runs (`yagura start`) and that this machine reaches it, then try again.',
  },
  UNREADABLE_ANSWER: {
    meaning: 'The hub answered with something that is not its API',
    mend: 'A proxy in between may have answered instead; reload the page, then look at the hub’s log.',
  },
  LINK_REFUSED: {
    meaning: 'This sign-in link does not work: it was used before, or it is too old.',
    mend: 'A link works once. Restart the hub for a new one, ask an administrator, or sign in with a token.',
  },
  TOKEN_REFUSED: {
    meaning: 'This token is not valid.',
    mend: 'Check that all of it was pasted. It may also have expired or been taken back.',
  },
} as const;
type OwnCode = keyof typeof errorCodes;

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly mend?: string | undefined;
}

/** An answer that is not the one asked for. `code` is the hub's own where the hub answered; `status` 0: it did not. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly mend: string | undefined;

  constructor({ status, code, message, mend }: Refusal) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.mend = mend;
  }
}

export const ownError = (code: OwnCode, status: number): ApiError =>
  new ApiError({ status, code, message: errorCodes[code].meaning, mend: errorCodes[code].mend });

export const isErrorBody = (value: unknown): value is ErrorBody => {
  const error = (value as Partial<ErrorBody> | null)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string';
};

/** The session is missing or over: only signing in again mends it. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;
