// Sends audit events the way an API server does: through the audit webhook of a cluster that was added for it.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from '@yagura/kit';
import type { TestHub } from './start-test-hub.ts';

/** Somebody runs a shell in these pods of namespace `shop`. Resolves when the hub has the events; alerts follow. */
export type SendExecs = (pods: readonly string[]) => Promise<void>;

/** Adds the cluster, and with it a credential. */
export async function createAuditSender(hub: TestHub, cluster: string): Promise<SendExecs> {
  const made = await hub.fetch('/api/v1/clusters', {
    method: 'POST',
    body: JSON.stringify({ name: cluster }),
    headers: { 'content-type': 'application/json' },
  });
  const { kubeconfig } = (await made.json()) as { kubeconfig: string };
  const token = /token: "([^"]+)"/.exec(kubeconfig)?.[1];
  const ca = await readFile(hub.ready.authorityFile, 'utf8');
  return async (pods) => {
    const { status, body } = await request({
      method: 'POST',
      url: `${hub.ready.agentsUrl}/v1/audit/${cluster}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: pods.map(execEvent) }),
      tls: { ca },
      timeoutMs: 10_000,
      maxResponseBytes: 65_536,
      signal: AbortSignal.timeout(10_000),
    });
    if (status !== 200) throw new Error(`the hub answered ${status}: ${body.toString()}`);
  };
}

const execEvent = (pod: string) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID: randomUUID(),
  stage: 'ResponseStarted',
  requestURI: `/api/v1/namespaces/shop/pods/${pod}/exec?command=sh&stdin=true&tty=true`,
  verb: 'create',
  user: { username: 'alice', groups: ['system:authenticated'] },
  sourceIPs: ['192.0.2.7'],
  userAgent: 'kubectl/v1.34.0',
  objectRef: { resource: 'pods', namespace: 'shop', name: pod, apiVersion: 'v1', subresource: 'exec' },
  responseStatus: { code: 101 },
  requestReceivedTimestamp: new Date().toISOString(),
  stageTimestamp: new Date().toISOString(),
});
