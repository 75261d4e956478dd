// The two ways to a certificate: registration with a token, renewal with the certificate that still holds.
import { type AgentRole, IssuedCertificate } from '@yagura/contracts';
import type { ClientTls, Clock, Response } from '@yagura/kit';
import Value from 'typebox/value';
import { AgentError } from '../errors.ts';
import { callHub, type HubConnection, jsonOf, reasonOf } from '../hub-client.ts';
import { type Identity, type Owner, toIdentity } from './identity.ts';
import { createSigningRequest } from './signing-request.ts';

export interface RegistrarOptions {
  readonly url: string;
  readonly authority: string;
  /** Of the HTTP proxy on the way to the hub. */
  readonly proxy?: string | undefined;
  readonly owner: Owner;
  readonly role: AgentRole;
  readonly cluster: string | undefined;
  /** Read anew each time, so that a token can be replaced while we run. */
  readonly readToken: () => string | undefined;
  readonly clock: Clock;
}

export interface Registrar {
  /** Throws TOKEN_MISSING, REGISTRATION_REFUSED or HUB_UNUSABLE. */
  register(signal: AbortSignal): Promise<Identity>;
  /** Throws REGISTRATION_REFUSED or HUB_UNUSABLE. */
  renew(connection: HubConnection, signal: AbortSignal): Promise<Identity>;
}

export function createRegistrar(options: RegistrarOptions): Registrar {
  const { url, authority, proxy, owner, role, cluster, readToken, clock } = options;
  const anonymous: ClientTls = { ca: authority, ...(proxy === undefined ? {} : { proxy }) };
  const accept = (response: Response, key: string): Identity => {
    if (response.status >= 500 || response.status === 429 || response.status === 408)
      throw new AgentError('HUB_UNUSABLE', `registration: ${reasonOf(response)}`);
    if (response.status !== 200 && response.status !== 201)
      throw new AgentError('REGISTRATION_REFUSED', `registration: ${reasonOf(response)}`);
    const issued = jsonOf(response);
    if (!Value.Check(IssuedCertificate, issued))
      throw new AgentError('HUB_UNUSABLE', "the hub's answer to the registration holds no certificate");
    try {
      return toIdentity({ issued, key, owner, now: clock.now() });
    } catch (error) {
      throw new AgentError('HUB_UNUSABLE', `registration: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    async register(signal) {
      const token = readToken();
      if (token === undefined)
        throw new AgentError('TOKEN_MISSING', 'there is no valid certificate and no registration token');
      const { key, csr } = await createSigningRequest(owner.name);
      const body = { ...owner, token, role, csr, ...(cluster === undefined ? {} : { cluster }) };
      const call = { body: JSON.stringify(body), signal };
      return accept(await callHub({ url, tls: anonymous }, 'register', call), key);
    },
    async renew(connection, signal) {
      const { key, csr } = await createSigningRequest(owner.name);
      return accept(await callHub(connection, 'renew', { body: JSON.stringify({ csr }), signal }), key);
    },
  };
}
