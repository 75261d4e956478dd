// Everything that can go wrong in a cluster's parts, with what to do about it.

export const errorCodes = {
  API_SERVER_UNKNOWN: {
    meaning: 'It is not known where the API server of this cluster is.',
    mend: 'Run in a pod with a service account, or give --api-server, --api-server-authority and --api-server-token-file.',
  },
  API_SERVER_REFUSED: {
    meaning: 'The API server does not let this service account do what it needs.',
    mend: 'Apply what `yagura connect kubernetes` prints again: it holds the roles and bindings.',
  },
  API_SERVER_UNREACHABLE: {
    meaning: 'The API server of this cluster does not answer.',
    mend: 'Check network policies between this pod and the API server; it is tried again.',
  },
  EXTENSION_REFUSED: {
    meaning: 'What the hub wants to be installed is not installed.',
    mend: 'Do what the message says; what the hub may set is listed in docs/guides/extensions.md.',
  },
  EXTENSION_VALUES_UNREADABLE: {
    meaning: "The owner's values for extensions cannot be read.",
    mend: 'Give YAML with one object for each extension, such as `sensor: { image: { registry: … } }`.',
  },
  CREDENTIALS_MISSING: {
    meaning: 'There is neither a service account nor a kubeconfig to talk to the API server with.',
    mend: 'Run it in a pod with a service account, or give --kubeconfig FILE.',
  },
  KUBECONFIG_UNUSABLE: {
    meaning: 'The kubeconfig cannot be read, or its current context names no server or no usable user.',
    mend: 'Give a kubeconfig with a server on https and a token or a client certificate; programs that print credentials are not run.',
  },
  API_REQUEST_REFUSED: {
    meaning: 'The API server refuses a request.',
    mend: 'With status 403 bind the ClusterRole of the inventory to its service account; 429 and 5xx pass by themselves.',
  },
} as const;

export type ClusterErrorCode = keyof typeof errorCodes;

export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly code: ClusterErrorCode;
  readonly mend: string;

  constructor(code: ClusterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}
