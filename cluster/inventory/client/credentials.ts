// How to reach the API server and who we are there: a pod's service account, or a kubeconfig.
import { readFileSync } from 'node:fs';
import { ClusterError } from '../../errors.ts';

export interface Credentials {
  readonly server: string;
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
  /** Read anew each time: the kubelet replaces it about every hour. */
  readonly token?: () => string;
}

const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Of the pod that this runs in. Throws CREDENTIALS_MISSING. */
export function serviceAccount(
  env: Readonly<Record<string, string | undefined>>,
  folder = accountFolder,
): Credentials {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT'] ?? '443'];
  if (host === undefined)
    throw new ClusterError('CREDENTIALS_MISSING', 'this is no pod, and --kubeconfig is not given');
  try {
    const token = (): string => readFileSync(`${folder}/token`, 'utf8').trim();
    token();
    const name = host.includes(':') ? `[${host}]` : host;
    return { server: `https://${name}:${port}`, ca: readFileSync(`${folder}/ca.crt`, 'utf8'), token };
  } catch (cause) {
    throw new ClusterError('CREDENTIALS_MISSING', (cause as Error).message, { cause });
  }
}

type Entry = Readonly<Record<string, unknown>>;

/** The current context of a kubeconfig. Throws KUBECONFIG_UNUSABLE. */
export async function kubeconfig(path: string): Promise<Credentials> {
  const unusable = (problem: string): ClusterError =>
    new ClusterError('KUBECONFIG_UNUSABLE', `${path}: ${problem}`);
  let config: Entry;
  try {
    config = await parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unusable((error as Error).message);
  }
  const context = named(config, 'contexts', config['current-context'], 'context');
  const cluster = named(config, 'clusters', context?.['cluster'], 'cluster');
  const user = named(config, 'users', context?.['user'], 'user');
  const server = cluster?.['server'];
  if (typeof server !== 'string' || !server.startsWith('https://')) throw unusable('no server on https');
  const ca = pem(cluster, 'certificate-authority');
  if (ca === undefined) throw unusable('no certificate authority');
  const [cert, key, token] = [pem(user, 'client-certificate'), pem(user, 'client-key'), user?.['token']];
  if (typeof token === 'string') return { server, ca, token: () => token };
  if (cert === undefined || key === undefined) throw unusable('its user has neither token nor certificate');
  return { server, ca, cert, key };
}

async function parse(text: string): Promise<Entry> {
  if (text.trimStart().startsWith('{')) return JSON.parse(text);
  // A parser of YAML is large, and in a pod there is no kubeconfig.
  return (await import('yaml')).parse(text);
}

function named(config: Entry, list: string, name: unknown, what: string): Entry | undefined {
  const entries = config[list];
  if (!Array.isArray(entries)) return undefined;
  return (entries as Entry[]).find((entry) => entry['name'] === name)?.[what] as Entry | undefined;
}

/** `client-key-data` in base64, or the file that `client-key` names. */
function pem(entry: Entry | undefined, name: string): string | undefined {
  const [data, file] = [entry?.[`${name}-data`], entry?.[name]];
  if (typeof data === 'string') return Buffer.from(data, 'base64').toString();
  return typeof file === 'string' ? readFileSync(file, 'utf8') : undefined;
}
