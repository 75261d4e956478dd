// The control plane's programs with the flags that this machine needs: etcd, API server, controllers, scheduler.
import { type ClusterNetwork, podRange, serviceRange } from '../ground/network.ts';
import type { Part } from '../ground/part.ts';
import type { ClusterPaths } from '../ground/paths.ts';
import type { IdentityFiles } from '../identity/identities.ts';
import type { AuditOptions } from './audit.ts';
import { auditFlags } from './audit.ts';

/** What every part is made from. */
export interface Setting {
  readonly paths: ClusterPaths;
  readonly files: IdentityFiles;
  readonly network: ClusterNetwork;
  /** Folder-independent path of a program by its name. */
  readonly program: (name: string) => string;
}

/** Without TLS: it listens on the loopback interface of a network namespace that nothing else is in. */
const storeUrl = 'http://127.0.0.1:2379';

export const etcd = ({ paths, program }: Setting): Part => ({
  name: 'etcd',
  command: program('etcd'),
  args: [
    `--data-dir=${paths.of('etcd')}`,
    `--listen-client-urls=${storeUrl}`,
    `--advertise-client-urls=${storeUrl}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
    // What a test's cluster knows need not outlive a power cut.
    '--unsafe-no-fsync',
    '--log-level=warn',
  ],
});

export interface ApiServerOptions {
  readonly audit?: AuditOptions;
  /** Further flags, such as `--feature-gates=…`. */
  readonly flags?: readonly string[];
}

export const kubeApiServer = (setting: Setting, { audit, flags = [] }: ApiServerOptions): Part => {
  const { files, network, program } = setting;
  const [server, kubelet] = [files.pair('kube-apiserver'), files.pair('kubelet-client')];
  return {
    name: 'kube-apiserver',
    command: program('kube-apiserver'),
    args: [
      `--etcd-servers=${storeUrl}`,
      `--advertise-address=${network.nodeAddress}`,
      `--service-cluster-ip-range=${serviceRange}`,
      `--client-ca-file=${files.authority}`,
      `--tls-cert-file=${server.certificate}`,
      `--tls-private-key-file=${server.key}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${files.tokenPublicKey}`,
      `--service-account-signing-key-file=${files.tokenKey}`,
      `--kubelet-client-certificate=${kubelet.certificate}`,
      `--kubelet-client-key=${kubelet.key}`,
      `--kubelet-certificate-authority=${files.authority}`,
      // Else exec and logs look up the node's name in DNS, and hang.
      '--kubelet-preferred-address-types=InternalIP',
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--allow-privileged=true',
      ...auditFlags(audit),
      ...flags,
    ],
  };
};

/** These take nodes without a heartbeat for lost, and their pods away. */
const nodeWatchers = [
  'node-lifecycle-controller',
  'taint-eviction-controller',
  'pod-garbage-collector-controller',
];

export const kubeControllerManager = ({ files, program }: Setting, nodes: 'real' | 'simulated'): Part => ({
  name: 'kube-controller-manager',
  command: program('kube-controller-manager'),
  args: [
    `--kubeconfig=${files.kubeconfig('kube-controller-manager')}`,
    '--use-service-account-credentials=true',
    `--root-ca-file=${files.authority}`,
    `--service-account-private-key-file=${files.tokenKey}`,
    `--cluster-signing-cert-file=${files.authority}`,
    `--cluster-signing-key-file=${files.authorityKey}`,
    `--cluster-cidr=${podRange}`,
    '--bind-address=127.0.0.1',
    // There is one only, and a start should not wait until the lease of the one before runs out.
    '--leader-elect=false',
    ...(nodes === 'simulated' ? [`--controllers=*,${nodeWatchers.map((name) => `-${name}`).join(',')}`] : []),
  ],
});

export const kubeScheduler = ({ files, program }: Setting): Part => ({
  name: 'kube-scheduler',
  command: program('kube-scheduler'),
  args: [
    `--kubeconfig=${files.kubeconfig('kube-scheduler')}`,
    '--bind-address=127.0.0.1',
    '--leader-elect=false',
  ],
});
