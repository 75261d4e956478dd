// Which programs a local installation is made of, and with what each is started.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartOptions } from './start-options.ts';

/** The root of the checkout or of the installed package. */
const root = fileURLToPath(new URL('../../', import.meta.url));

export const mains = {
  hub: join(root, 'hub', 'main.ts'),
  publisher: join(root, 'sensor', 'publisher', 'main.ts'),
  collector: join(root, 'sensor', 'collector', 'main.ts'),
} as const;

/** What the hub tells once it is ready. */
export interface HubReady {
  readonly apiUrl: string;
  readonly agentsUrl: string;
  readonly workspace: string;
  readonly signInUrl?: string;
  readonly adminToken?: string;
  readonly registrationToken: string;
  readonly authorityFile: string;
}

/** The console's pages, when they were built. */
export function consoleFolder(): string | undefined {
  const folder = join(root, 'console', 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [name, value];

export function hubArgs(data: string, options: StartOptions): readonly string[] {
  return [
    ...['--data', data, '--api', options.api, '--agents', options.agents],
    ...option('--console', consoleFolder()),
    ...(options.rules ?? []).flatMap((folder) => ['--rules', folder]),
    ...(options.lists ?? []).flatMap((folder) => ['--lists', folder]),
    ...(options.agentNames ?? []).flatMap((name) => ['--agent-names', name]),
    ...option('--tls-cert', options.tlsCert),
    ...option('--tls-key', options.tlsKey),
    ...option('--public-url', options.publicUrl),
    ...option('--audit-file', options.auditFile),
    ...(options.auditFile === undefined ? [] : ['--audit-cluster', options.auditCluster]),
  ];
}

/** The path of a Unix socket may have 107 bytes: https://man7.org/linux/man-pages/man7/unix.7.html */
export function sensorSocket(data: string): string {
  const path = join(data, 'run', 'sensor.sock');
  if (Buffer.byteLength(path) <= 107) return path;
  const short = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return join(tmpdir(), `yagura-${short}`, 'sensor.sock');
}

/** A host name as a node's name may be. */
export const nodeName = (host: string): string =>
  host.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '') || 'node';

export function publisherArgs(data: string, hub: HubReady, name: string): readonly string[] {
  return [
    ...['--hub', hub.agentsUrl, '--authority', hub.authorityFile, '--workspace', hub.workspace],
    ...['--data', join(data, 'publisher'), '--socket', sensorSocket(data), '--name', name],
  ];
}

export function collectorArgs(data: string, options: StartOptions, name: string): readonly string[] {
  return ['--socket', sensorSocket(data), '--node', name, ...option('--scope', options.scope)];
}
