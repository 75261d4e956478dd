// A stream of numbered requests to a real API server, and what its audit file says of them: the truth to compare with.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../cluster/objects/api-client.ts';

export const namespace = 'numbered';
const pauseMs = 50;
const churnEvery = 5;
/** Pods that were made and are still there. */
const keptPods = 50;

const pods = `/api/v1/namespaces/${namespace}/pods`;

const pod = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'churn' } },
  spec: { nodeName: 'simulated-node-0', containers: [{ name: 'main', image: 'churn:1' }] },
});

export async function makeNamespace(api: ApiClient): Promise<void> {
  const metadata = { name: namespace };
  await api.call('/api/v1/namespaces', {
    method: 'POST',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata },
  });
  await api
    .call(`/api/v1/namespaces/${namespace}/serviceaccounts`, {
      method: 'POST',
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    })
    .catch(() => undefined);
}

/** Asks for pods that are not there, each once, and lets others come and go. An API server that is away costs a number. */
export async function requestNumbered(api: ApiClient, signal: AbortSignal): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    await api.call(`${pods}/numbered-${number}`, { timeoutMs: 2_000 }).catch(() => undefined);
    if (number % churnEvery === 0) await churn(api, number / churnEvery);
    await sleep(pauseMs);
  }
}

async function churn(api: ApiClient, turn: number): Promise<void> {
  const call = { timeoutMs: 2_000 };
  await api.call(pods, { ...call, method: 'POST', body: pod(`churn-${turn}`) }).catch(() => undefined);
  if (turn < keptPods) return;
  const gone = `${pods}/churn-${turn - keptPods}?gracePeriodSeconds=0`;
  await api.call(gone, { ...call, method: 'DELETE' }).catch(() => undefined);
}

interface AuditLine {
  readonly objectRef?: { readonly name?: string };
}

async function linesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n')).filter(Boolean);
}

export const recordsIn = async (folder: string): Promise<number> => (await linesIn(folder)).length;

/** Numbers of the requests that the API server wrote down, as often as it did. */
export async function numbersInFiles(folder: string): Promise<readonly number[]> {
  return (await linesIn(folder))
    .filter((line) => line.includes('"numbered-'))
    .map((line) => /^numbered-(\d+)$/.exec((JSON.parse(line) as AuditLine).objectRef?.name ?? '')?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
}

/** How many records the API server itself says that its webhook could not hand over, since it started. */
export async function webhookErrors(api: ApiClient): Promise<number> {
  const text = await api.call<string>('/metrics', { timeoutMs: 5_000 });
  return Number(/^apiserver_audit_error_total\{plugin="webhook"\} (\S+)/m.exec(text)?.[1] ?? 0);
}
