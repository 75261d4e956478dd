// The Secret with which the nodes of this cluster register: its token lives a day, and is renewed twice a day.
import { AgentError, callHub, type IdentityKeeper, jsonOf, reasonOf } from '@yagura/agent';
import type { Clock } from '@yagura/kit';
import type { ApiServer } from '../api-server.ts';
import { tokenSecret } from './names.ts';

export interface NodeTokenOptions {
  readonly apiServer: Pick<ApiServer, 'call'>;
  readonly keeper: Pick<IdentityKeeper, 'connection'>;
  readonly namespace: string;
  readonly clock: Clock;
}

export interface NodeToken {
  /** Makes it, or renews it when half of its life is over. Throws where hub or API server do not let it. */
  keep(signal: AbortSignal): Promise<void>;
  remove(): Promise<void>;
}

const renewMs = 12 * 60 * 60 * 1000;

export function createNodeToken({ apiServer, keeper, namespace, clock }: NodeTokenOptions): NodeToken {
  const path = `/api/v1/namespaces/${namespace}/secrets/${tokenSecret}`;
  let madeAt = Number.NEGATIVE_INFINITY;
  return {
    async keep(signal) {
      if (clock.now() - madeAt < renewMs) return;
      const response = await callHub(await keeper.connection(signal), 'makeNodeToken', {
        body: '{}',
        signal,
      });
      const { token } = (jsonOf(response) ?? {}) as { readonly token?: unknown };
      if (response.status >= 300 || typeof token !== 'string')
        throw new AgentError('HUB_UNUSABLE', `token for nodes: ${reasonOf(response)}`);
      await apiServer.call({
        method: 'PATCH',
        path: `${path}?fieldManager=yagura-connect&force=true`,
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: tokenSecret, namespace, labels: { 'app.kubernetes.io/part-of': 'yagura' } },
          stringData: { token },
        },
      });
      madeAt = clock.now();
    },
    async remove() {
      madeAt = Number.NEGATIVE_INFINITY;
      await apiServer.call({ method: 'DELETE', path }).catch((error: unknown) => {
        if (!/: 404$/.test((error as Error).message)) throw error;
      });
    },
  };
}
