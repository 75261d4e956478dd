// The files whose opens are reported: what rules look at, and credentials that are worth a look in a recording.
import { SensorError } from '../errors.ts';

/**
 * Ends of paths, so that a file counts wherever a host's folder is mounted: up to four names, `*` for any one name.
 * The kubelet keeps the files of a volume in a folder with a date, which is the `*` before the last name.
 */
const watchedFiles: readonly string[] = [
  // Tokens of service accounts: in a pod, in a folder of the kubelet, and of the clouds' identities.
  'kubernetes.io/serviceaccount/*/token',
  'kubernetes.io/serviceaccount/token',
  'kubernetes.io~projected/*/*/token',
  'eks.amazonaws.com/serviceaccount/*/token',
  'pods.eks.amazonaws.com/serviceaccount/*/eks-pod-identity-token',
  'azure/tokens/*/azure-identity-token',
  'tokens/gcp-ksa/*/token',
  // Secrets of other pods, through a folder of the node.
  'kubernetes.io~secret/*/*/*',
  // Passwords and keys of people.
  'etc/shadow',
  'etc/gshadow',
  'etc/shadow-',
  'etc/sudoers',
  '.ssh/*',
  'etc/ssh/ssh_host_rsa_key',
  'etc/ssh/ssh_host_ecdsa_key',
  'etc/ssh/ssh_host_ed25519_key',
  // Of kubelet and control plane, as kubeadm, k3s, RKE2 and the clouds place them.
  'etc/kubernetes/admin.conf',
  'etc/kubernetes/super-admin.conf',
  'etc/kubernetes/kubelet.conf',
  'etc/kubernetes/bootstrap-kubelet.conf',
  'etc/kubernetes/controller-manager.conf',
  'etc/kubernetes/scheduler.conf',
  'etc/kubernetes/azure.json',
  'etc/kubernetes/pki/*',
  'kubernetes/pki/etcd/*',
  'lib/kubelet/kubeconfig',
  'lib/kubelet/bootstrap-kubeconfig',
  'lib/kubelet/pki/*',
  'rancher/k3s/k3s.yaml',
  'rancher/rke2/rke2.yaml',
  'k3s/server/token',
  'k3s/server/node-token',
  'rke2/server/token',
  'rke2/server/node-token',
  // Of clouds, registries and code hosts.
  '.aws/credentials',
  '.azure/accessTokens.json',
  '.azure/msal_token_cache.json',
  '.azure/service_principal_entries.json',
  'gcloud/application_default_credentials.json',
  'gcloud/credentials.db',
  'gcloud/access_tokens.db',
  '.kube/config',
  '.docker/config.json',
  '.git-credentials',
  '.netrc',
  '.vault-token',
];

/** Bounds of the kernel's tables, in sensor/bpf/watch.h. */
const patternsMax = 64;
const pattern = /^(?:[^/\0]{1,46}\/){0,3}[^/\0]{1,46}$/;

/** The loader's flags for these patterns and `more` of a user's own; a `/` in front is taken as meant for nothing. */
export function loaderWatchFlags(more: readonly string[]): string[] {
  const all = [...watchedFiles, ...more.map((one) => one.replace(/^\/+/, ''))];
  const bad = all.find((one) => !pattern.test(one) || /^[*/]+$/.test(one));
  if (bad !== undefined) throw new SensorError('WATCH_INVALID', `--watch-files ${bad}`);
  const unique = [...new Set(all)];
  if (unique.length > patternsMax)
    throw new SensorError('WATCH_INVALID', `${unique.length} patterns of --watch-files, ${patternsMax} fit`);
  return unique.flatMap((one) => ['--watch', one]);
}
