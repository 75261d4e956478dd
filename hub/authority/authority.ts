// The workspace's private certificate authority, kept in a folder: who may speak on the agents' port.
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@yagura/kit';
import { createAgentCertificate, createRoot, createServerCertificate, validity } from './certificates.ts';
import { AuthorityError } from './errors.ts';
import { type KeyedCertificate, keyToPem, readKeyed, writePem } from './key-file.ts';
import { readSigningRequest } from './signing-request.ts';

export interface AuthorityOptions {
  /** Made if missing; holds `ca.pem` (for agents), `ca.key`, `server.pem` and `server.key`. */
  readonly dir: string;
  readonly workspace: string;
  /** Host names and addresses of the agents' port, besides the loopback ones. */
  readonly serverNames: readonly string[];
  readonly clock: Clock;
  readonly agentDays?: number;
}

export interface IssuedAgentCertificate {
  readonly pem: string;
  readonly serial: string;
  readonly notAfter: Date;
}

export interface ServerCredentials {
  readonly cert: string;
  readonly key: string;
  readonly notAfter: Date;
}

export interface Authority {
  /** PEM that agents must trust; also the file at `certificateFile`. */
  readonly certificate: string;
  readonly certificateFile: string;
  issueAgent(agentId: string, csr: string): Promise<IssuedAgentCertificate>;
  /** The server certificate, made anew when two thirds of its life are over or its names have changed. */
  serverCredentials(): Promise<ServerCredentials>;
}

const rootDays = 3650;
const serverDays = 90;
const defaultAgentDays = 30;
const loopbackNames = ['localhost', '127.0.0.1', '::1'];

export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  await mkdir(options.dir, { recursive: true, mode: 0o700 });
  // The folder itself may be entered, so that a publisher under another user can read ca.pem; keys are 0600.
  await chmod(options.dir, 0o755);
  const root = await openRoot(options);
  const agentDays = options.agentDays ?? defaultAgentDays;
  return {
    certificate: pemOf(root),
    certificateFile: join(options.dir, 'ca.pem'),
    async issueAgent(agentId, csr) {
      const publicKey = await readSigningRequest(csr);
      const span = validity(options.clock.now(), agentDays);
      const certificate = await createAgentCertificate(root, agentId, { publicKey, span });
      return {
        pem: `${certificate.toString('pem')}\n`,
        serial: certificate.serialNumber.toUpperCase(),
        notAfter: certificate.notAfter,
      };
    },
    serverCredentials: () => openServer(options, root),
  };
}

async function openRoot({ dir, workspace, clock }: AuthorityOptions): Promise<KeyedCertificate> {
  const [certificatePath, keyPath] = [join(dir, 'ca.pem'), join(dir, 'ca.key')];
  const found = await readKeyed(certificatePath, keyPath).catch((cause: Error) => {
    throw new AuthorityError('AUTHORITY_DAMAGED', `${dir}: ${cause.message}`, { cause });
  });
  if (found !== undefined) return found;
  return store(await createRoot(workspace, validity(clock.now(), rootDays)), certificatePath, keyPath);
}

async function openServer(options: AuthorityOptions, root: KeyedCertificate): Promise<ServerCredentials> {
  const { dir, clock } = options;
  const names = [...new Set([...loopbackNames, ...options.serverNames])];
  const [certificatePath, keyPath] = [join(dir, 'server.pem'), join(dir, 'server.key')];
  // A damaged server certificate costs nothing: it is made anew.
  const found = await readKeyed(certificatePath, keyPath).catch(() => undefined);
  const isGood = found !== undefined && (await isUsable(found, root, { names, now: clock.now() }));
  const server = isGood
    ? found
    : await store(
        await createServerCertificate(root, names, validity(clock.now(), serverDays)),
        certificatePath,
        keyPath,
      );
  return {
    cert: pemOf(server),
    key: await keyToPem(server.key),
    notAfter: server.certificate.notAfter,
  };
}

async function isUsable(
  server: KeyedCertificate,
  root: KeyedCertificate,
  wanted: { readonly names: readonly string[]; readonly now: number },
): Promise<boolean> {
  const { certificate } = server;
  const lifeMs = certificate.notAfter.getTime() - certificate.notBefore.getTime();
  if (wanted.now > certificate.notBefore.getTime() + (lifeMs * 2) / 3) return false;
  if (wanted.now < certificate.notBefore.getTime()) return false;
  const held = subjectNames(server);
  if (wanted.names.some((name) => !held.has(name))) return false;
  return certificate.verify({ publicKey: root.certificate, signatureOnly: true });
}

function subjectNames({ certificate }: KeyedCertificate): ReadonlySet<string> {
  const extension = certificate.extensions.find((each) => 'names' in each);
  if (extension === undefined || !('names' in extension)) return new Set();
  const { items } = extension.names as { items: readonly { readonly value: string }[] };
  return new Set(items.map(({ value }) => value));
}

async function store(
  made: KeyedCertificate,
  certificatePath: string,
  keyPath: string,
): Promise<KeyedCertificate> {
  await writePem(keyPath, await keyToPem(made.key), 0o600);
  await writePem(certificatePath, pemOf(made), 0o644);
  return made;
}

const pemOf = ({ certificate }: KeyedCertificate): string => `${certificate.toString('pem')}\n`;
