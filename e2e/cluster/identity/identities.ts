// Who is who in a cluster: its authority, its servers and the users as whom its programs speak, as kubeadm names them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterNetwork, serviceAddress } from '../ground/network.ts';
import type { ClusterPaths } from '../ground/paths.ts';
import { createAuthority, createKeyPair, type Pem, signClient, signServer } from './certificates.ts';
import { kubeconfig } from './kubeconfig.ts';

export const nodeNameOf = (cluster: string): string => `${cluster}-node`;
export const apiServerUrl = (network: ClusterNetwork): string => `https://${network.nodeAddress}:6443`;

export interface IdentityFiles {
  readonly authority: string;
  readonly authorityKey: string;
  readonly tokenKey: string;
  readonly tokenPublicKey: string;
  /** Certificate and key of a server or client, by name. */
  readonly pair: (name: string) => { readonly certificate: string; readonly key: string };
  /** Of one of the cluster's own programs, by name. */
  readonly kubeconfig: (name: string) => string;
}

export const identityFiles = ({ identity }: ClusterPaths): IdentityFiles => ({
  authority: join(identity, 'ca.crt'),
  authorityKey: join(identity, 'ca.key'),
  tokenKey: join(identity, 'sa.key'),
  tokenPublicKey: join(identity, 'sa.pub'),
  pair: (name) => ({ certificate: join(identity, `${name}.crt`), key: join(identity, `${name}.key`) }),
  kubeconfig: (name) => join(identity, `${name}.kubeconfig`),
});

const write = (path: string, text: string): Promise<void> => writeFile(path, text, { mode: 0o600 });

/** User and groups of each program, as the API server's built-in roles expect them. */
const programs = (node: string): Readonly<Record<string, readonly [string, ...string[]]>> => ({
  'kube-controller-manager': ['system:kube-controller-manager'],
  'kube-scheduler': ['system:kube-scheduler'],
  'kube-proxy': ['system:kube-proxy'],
  kubelet: [`system:node:${node}`, 'system:nodes'],
  // As a network plug-in's DaemonSet has it.
  'enforce-policies': [
    'system:serviceaccount:kube-system:enforce-policies',
    'system:serviceaccounts:kube-system',
    'system:masters',
  ],
});

const serverNames = (name: string, network: ClusterNetwork): Readonly<Record<string, readonly string[]>> => ({
  'kube-apiserver': [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
    'localhost',
    '127.0.0.1',
    serviceAddress,
    network.nodeAddress,
  ],
  'kubelet-server': [nodeNameOf(name), network.nodeAddress],
});

export async function makeIdentities(paths: ClusterPaths, network: ClusterNetwork): Promise<void> {
  const files = identityFiles(paths);
  await mkdir(paths.identity, { recursive: true, mode: 0o700 });
  const authority = await createAuthority();
  const tokens = await createKeyPair();
  await write(files.authority, authority.certificate);
  await write(files.authorityKey, authority.key);
  await write(files.tokenKey, tokens.key);
  await write(files.tokenPublicKey, tokens.publicKey);
  const writePair = async (name: string, pem: Pem): Promise<void> => {
    await write(files.pair(name).certificate, pem.certificate);
    await write(files.pair(name).key, pem.key);
  };
  for (const [name, names] of Object.entries(serverNames(paths.name, network)))
    await writePair(name, await signServer(authority, name, names));
  await writePair(
    'kubelet-client',
    await signClient(authority, 'kube-apiserver-kubelet-client', ['system:masters']),
  );
  for (const [program, [user, ...groups]] of Object.entries(programs(nodeNameOf(paths.name))))
    await write(files.kubeconfig(program), await kubeconfigFor(paths, network, { user, groups }));
  await write(
    paths.kubeconfig,
    await kubeconfigFor(paths, network, { user: 'kubernetes-admin', groups: ['system:masters'] }),
  );
}

export interface User {
  readonly user: string;
  readonly groups?: readonly string[];
}

/** A kubeconfig for any user, signed by the cluster's authority. */
export async function kubeconfigFor(
  paths: ClusterPaths,
  network: ClusterNetwork,
  { user, groups }: User,
): Promise<string> {
  const authority = await readAuthority(paths);
  return kubeconfig({
    cluster: paths.name,
    server: apiServerUrl(network),
    authority: authority.certificate,
    user,
    credential: await signClient(authority, user, groups),
  });
}

async function readAuthority(paths: ClusterPaths): Promise<Pem> {
  const files = identityFiles(paths);
  const [certificate, key] = await Promise.all([
    readFile(files.authority, 'utf8'),
    readFile(files.authorityKey, 'utf8'),
  ]);
  return { certificate, key };
}
