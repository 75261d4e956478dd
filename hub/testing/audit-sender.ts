// Sends audit events the way an API server does: through the audit webhook of a cluster that was added for it.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from '@yagura/kit';
import type { TestHub } from './start-test-hub.ts';

/** Sends records of an audit log. Resolves when the hub has the events; alerts follow. */
export type SendAudit = (records: readonly object[]) => Promise<void>;

/** Somebody runs a shell in these pods of namespace `shop`. */
export type SendExecs = (pods: readonly string[]) => Promise<void>;

export async function createAuditSender(hub: TestHub, cluster: string): Promise<SendExecs> {
  const send = await connectAudit(hub, cluster);
  return (pods) => send(pods.map(execEvent));
}

/** Adds the cluster, and with it a credential. */
export async function connectAudit(hub: TestHub, cluster: string): Promise<SendAudit> {
  const made = await hub.fetch('/api/v1/clusters', {
    method: 'POST',
    body: JSON.stringify({ name: cluster }),
    headers: { 'content-type': 'application/json' },
  });
  const { kubeconfig } = (await made.json()) as { kubeconfig: string };
  const token = /token: "([^"]+)"/.exec(kubeconfig)?.[1];
  const ca = await readFile(hub.ready.authorityFile, 'utf8');
  return async (records) => {
    const { status, body } = await request({
      method: 'POST',
      url: `${hub.ready.agentsUrl}/v1/audit/${cluster}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: records }),
      tls: { ca },
      timeoutMs: 10_000,
      maxResponseBytes: 65_536,
      signal: AbortSignal.timeout(10_000),
    });
    if (status !== 200) throw new Error(`the hub answered ${status}: ${body.toString()}`);
  };
}

/** Alice does away with the traces in namespace `shop`. */
export const eventsDeleted = (): object => ({
  ...execEvent(''),
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/events',
  verb: 'deletecollection',
  objectRef: { resource: 'events', namespace: 'shop', apiVersion: 'v1' },
  responseStatus: { code: 200 },
});

export const execEvent = (pod: string): object => ({
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
