// What extensions need of the agent: Helm, the charts, the owner's values, and whether the owner wants any at all.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ClusterError } from '../../errors.ts';
import type { ApiServer } from '../api-server.ts';
import type { Settings } from '../settings.ts';
import { prepareHelm } from './helm.ts';
import { tokenSecret } from './names.ts';
import { createNodeToken, type NodeTokenOptions } from './node-token.ts';
import { type Outcome, reconcile } from './reconcile.ts';
import type { Reconcile } from './run-extensions.ts';

export interface ReconcilerOptions extends Pick<NodeTokenOptions, 'keeper' | 'clock'> {
  readonly apiServer: Pick<ApiServer, 'call'>;
  readonly settings: Settings & { readonly apiServer: string };
  /** PEM of the hub's certificate authority. */
  readonly authority: string;
  /** Of this process alone; made when it is needed. */
  readonly folder: string;
}

/** Helm itself gives up before it is given up. */
const graceMs = 60_000;

/** Throws EXTENSION_VALUES_UNREADABLE for a file of the owner's that is none. */
export async function createReconciler(options: ReconcilerOptions): Promise<Reconcile> {
  const { settings, apiServer, keeper, clock, authority, folder } = options;
  const { extensionNamespace: namespace, extensionTimeoutMs: readyMs, charts } = settings;
  const hint = `to grant it run: yagura connect kubernetes ${settings.cluster} --extensions --apply`;
  if (namespace === undefined) return async () => notGranted(hint);
  const helm = await prepareHelm({
    ...{ program: settings.helm, folder, timeoutMs: readyMs + graceMs },
    apiServer: {
      url: settings.apiServer,
      authorityFile: settings.apiServerAuthority,
      tokenFile: settings.apiServerTokenFile,
    },
  });
  const work = {
    ...{ apiServer, helm, namespace, folder, readyMs, charts },
    nodeToken: createNodeToken({ apiServer, keeper, namespace, clock }),
    ownerValues: readOwnerValues(settings.extensionValues),
    agentValues: agentValues(settings, authority),
  };
  return async (desired, tell, signal) =>
    explained(await reconcile(desired, { ...work, tell }, signal), hint);
}

const agentValues = (
  { cluster, hub: url, workspace, proxy }: Settings,
  authority: string,
): Readonly<Record<string, unknown>> => ({
  cluster,
  hub: { url, workspace, authority, ...(proxy === undefined ? {} : { proxy }) },
  registration: { existingSecret: tokenSecret },
  // Of the whole cluster, and made by the owner, so that the agent needs no right beyond its namespace.
  priorityClass: { create: false },
  // These have rights in the whole cluster, which the agent cannot give them.
  ...{ inventory: { enabled: false }, connect: { enabled: false } },
});

/** By extension; read again at the next start. */
function readOwnerValues(file: string | undefined): Readonly<Record<string, unknown>> {
  if (file === undefined) return {};
  try {
    const value: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
    throw new Error('no object');
  } catch (cause) {
    throw new ClusterError('EXTENSION_VALUES_UNREADABLE', `${file}: ${(cause as Error).message}`, { cause });
  }
}

const notGranted = (hint: string, detail = ''): Outcome => ({
  status: 'failed',
  message: `the cluster's owner has not granted that extensions are installed; ${hint}${detail}`,
});

/** A refusal of the API server has one cause, which its owner can mend. */
const explained = (outcome: Outcome, hint: string): Outcome =>
  outcome.status === 'failed' && /is forbidden|: 403\b/.test(outcome.message ?? '')
    ? notGranted(hint, ` (${outcome.message})`)
    : outcome;
