// An API server's end of the audit webhook: registers a cluster and posts batches as its credential allows.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TestHub } from './start-hub.ts';

export type SendAudit = (...events: readonly unknown[]) => Promise<void>;

const credentialIn = (kubeconfig: string): string => {
  const found = /token: "?([^"\s]+)/.exec(kubeconfig)?.[1];
  if (found === undefined) throw new Error('the kubeconfig has no token');
  return found;
};

const post = async (url: string, options: RequestOptions, body: string): Promise<void> => {
  const sending = request(url, { ...options, method: 'POST' });
  sending.end(body);
  const [response] = await once(sending, 'response');
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`audit webhook: ${response.statusCode} ${answer}`);
};

/** Adds the cluster to the hub; what the answer sends has arrived durably when it returns. */
export async function connectCluster(hub: TestHub, name: string): Promise<SendAudit> {
  const created = (await hub.post('/api/v1/clusters', { name })) as { readonly kubeconfig: string };
  const authorization = `Bearer ${credentialIn(created.kubeconfig)}`;
  const ca = await readFile(hub.ready.authorityFile);
  const url = `${hub.ready.agentsUrl}/v1/audit/${name}`;
  return (...events) => {
    const body = JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: events });
    return post(url, { ca, headers: { authorization, 'content-type': 'application/json' } }, body);
  };
}
