// Every way in which the authority refuses, each with what mends it.

export const authorityErrorCodes = {
  REQUEST_UNREADABLE: {
    meaning: 'The certificate signing request is not a PKCS#10 request in PEM.',
    mend: 'Send what `openssl req -new` writes: a PEM block "CERTIFICATE REQUEST".',
  },
  REQUEST_KEY_NOT_ALLOWED: {
    meaning: 'The key in the signing request is neither P-256 nor Ed25519.',
    mend: 'Make a new key: `openssl genpkey -algorithm ed25519`.',
  },
  REQUEST_NOT_PROVEN: {
    meaning: 'The signing request is not signed by the key that it carries.',
    mend: 'Make the request anew with the private key that belongs to it.',
  },
  AUTHORITY_DAMAGED: {
    meaning: "The hub's certificate authority cannot be read from its folder.",
    mend: 'Put the folder `authority` back from a backup. Without one, remove it: a new authority is made, and every agent must register again.',
  },
} as const;

export type AuthorityErrorCode = keyof typeof authorityErrorCodes;

export class AuthorityError extends Error {
  override readonly name = 'AuthorityError';
  readonly code: AuthorityErrorCode;
  readonly mend: string;

  constructor(code: AuthorityErrorCode, detail?: string, options?: ErrorOptions) {
    super(
      detail === undefined
        ? authorityErrorCodes[code].meaning
        : `${authorityErrorCodes[code].meaning} (${detail})`,
      options,
    );
    this.code = code;
    this.mend = authorityErrorCodes[code].mend;
  }
}
