// Every answer with which the agents' port refuses, its HTTP status, and what mends it.

export const ingestErrorCodes = {
  CERTIFICATE_MISSING: {
    status: 401,
    meaning: 'The request came without a client certificate.',
    mend: 'Register the agent with a registration token, and send the certificate that it is given.',
  },
  CERTIFICATE_FOREIGN: {
    status: 403,
    meaning: "The client certificate was not made by this hub's authority.",
    mend: "Register with this hub; check that the agent's data folder does not belong to another workspace.",
  },
  CERTIFICATE_EXPIRED: {
    status: 403,
    meaning: 'The client certificate has run out.',
    mend: 'Register again under the same name with a new registration token.',
  },
  CERTIFICATE_REVOKED: {
    status: 403,
    meaning: 'The client certificate was revoked, or replaced by a newer registration of the same name.',
    mend: 'If the agent shall come back, register it again with a new registration token.',
  },
  CERTIFICATE_UNKNOWN: {
    status: 403,
    meaning: "The client certificate is this authority's, but no agent of this workspace holds it.",
    mend: 'Register again with a new registration token; the database may have been replaced.',
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    meaning: 'The certificate is for another role than this endpoint needs.',
    mend: 'Register with a token of the right role.',
  },
  TOKEN_REFUSED: {
    status: 403,
    meaning: 'The registration token is unknown, or for another workspace.',
    mend: 'Make a new token with `yagura workspace token`, or `yagura connect kubernetes` for a cluster.',
  },
  TOKEN_EXPIRED: {
    status: 403,
    meaning: 'The registration token has expired.',
    mend: 'Make a new token with `yagura workspace token`, or `yagura connect kubernetes` for a cluster.',
  },
  TOKEN_USED_UP: {
    status: 403,
    meaning: 'The registration token was used as often as it may be.',
    mend: 'Make a new token with `yagura workspace token`, or `yagura connect kubernetes` for a cluster. If nobody of yours used it, revoke what registered with it.',
  },
  TOKEN_FOR_ANOTHER: {
    status: 403,
    meaning: 'The registration token is for another role or name.',
    mend: 'Use the token that was made for this name, or make one.',
  },
  AGENT_REVOKED: {
    status: 403,
    meaning: 'This name was revoked, and the registration token is older than that.',
    mend: 'If it shall come back, make a new token with `yagura workspace token` or `yagura connect kubernetes`.',
  },
  WORKSPACE_FULL: {
    status: 403,
    meaning: 'The workspace holds as many nodes and clusters as it may.',
    mend: 'Raise the hub’s --max-agents, or disconnect what is no more.',
  },
  EXTENSION_NOT_WANTED: {
    status: 403,
    meaning: 'Nothing is to be installed in this cluster, so that its agent needs no token for nodes.',
    mend: 'Install an extension with `yagura extensions install`, or take it out of the cluster.',
  },
  CREDENTIAL_REFUSED: {
    status: 401,
    meaning: "The audit credential is missing, or is not this cluster's.",
    mend: 'Give the API server the kubeconfig that adding the cluster showed; adding it again makes a new one.',
  },
  REQUEST_INVALID: {
    status: 400,
    meaning: 'The request does not fit its schema.',
    mend: 'Mend the field that the message names.',
  },
  BATCH_CUT: {
    status: 400,
    meaning: 'The batch holds another number of lines than its header says.',
    mend: 'Send the batch again whole.',
  },
  BODY_UNREADABLE: {
    status: 400,
    meaning: 'The body was cut short, or is not what its Content-Encoding says.',
    mend: 'Send it again whole, with the right Content-Encoding.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    meaning: 'The body is over the limit, as sent, after decompression, or in lines.',
    mend: 'Send smaller batches; the limits are in the reference of the agents’ endpoints.',
  },
  ENCODING_UNKNOWN: {
    status: 415,
    meaning: 'The Content-Encoding is not one that the hub knows.',
    mend: 'Send zstd, gzip or identity.',
  },
  ROUTE_UNKNOWN: {
    status: 404,
    meaning: 'There is no such endpoint on the agents’ port.',
    mend: 'Look at the reference; the console and its API are on another port.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    meaning: 'This sender has too many requests under way, or failed too often.',
    mend: 'Wait as long as Retry-After says.',
  },
  LOG_FULL: {
    status: 503,
    meaning: 'The event log is full; the batch was not taken.',
    mend: 'Nothing is lost: send it again later. The hub’s status page says why detection lags.',
  },
  UNAVAILABLE: {
    status: 503,
    meaning: 'The hub cannot reach its database or write its event log just now.',
    mend: 'Send it again later. The hub’s status page says what is wrong.',
  },
  INTERNAL: {
    status: 500,
    meaning: 'The hub made a mistake.',
    mend: 'Send it again later, and report the bug with the hub’s log.',
  },
} as const;

export type IngestErrorCode = keyof typeof ingestErrorCodes;

export class IngestError extends Error {
  override readonly name = 'IngestError';
  readonly code: IngestErrorCode;
  readonly mend: string;
  readonly status: number;
  readonly retryAfterS: number | undefined;

  constructor(code: IngestErrorCode, detail?: string, options?: ErrorOptions & { retryAfterS?: number }) {
    const entry = ingestErrorCodes[code];
    super(detail === undefined ? entry.meaning : `${entry.meaning} (${detail})`, options);
    this.code = code;
    this.mend = entry.mend;
    this.status = entry.status;
    this.retryAfterS = options?.retryAfterS;
  }
}
