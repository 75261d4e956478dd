// Key and certificate in a Secret, so that the agent stays who it is when its pod moves to another node.
import { type Identity, identityFor, type Owner } from '@yagura/agent';
import type { ApiServer } from './api-server.ts';

const entry = 'identity.json';

export interface IdentitySecret {
  /** `undefined` when it is empty or another's. */
  load(): Promise<Identity | undefined>;
  save(identity: Identity): Promise<void>;
}

/** `place` is namespace/name. The Secret must exist: the right to make one is not needed then. */
export function openIdentitySecret(
  apiServer: Pick<ApiServer, 'call'>,
  place: string,
  owner: Owner,
): IdentitySecret {
  const [namespace = '', name = ''] = place.split('/');
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  return {
    async load() {
      const secret = (await apiServer.call({ method: 'GET', path })) as {
        readonly data?: Readonly<Record<string, string>>;
      };
      const text = secret.data?.[entry];
      return text === undefined ? undefined : identityFor(Buffer.from(text, 'base64').toString(), owner);
    },
    async save(identity) {
      const data = { [entry]: Buffer.from(JSON.stringify(identity)).toString('base64') };
      const headers = { 'content-type': 'application/merge-patch+json' };
      await apiServer.call({ method: 'PATCH', path, headers, body: { data } });
    },
  };
}
