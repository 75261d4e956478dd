// Who makes a request, once that is proven.
import type { Role } from '@yagura/contracts';

export interface Principal {
  /** As the trail names it: a user, or `token:` and the token's name. */
  readonly name: string;
  readonly role: Role;
  /** A cookie travels with requests that another page caused, a token does not. */
  readonly by: 'cookie' | 'token';
  readonly expiresAt?: string;
}
