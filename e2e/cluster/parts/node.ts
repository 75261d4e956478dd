// The node's programs with the flags and files that this machine needs: containerd, kubelet, kube-proxy.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { groupOf } from '../ground/control-groups.ts';
import { podRange, serviceRange } from '../ground/network.ts';
import type { Part } from '../ground/part.ts';
import { nodeNameOf } from '../identity/identities.ts';
import { pauseImage } from '../images/pause.ts';
import type { Setting } from './control-plane.ts';

const cniFolders = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni'];
export const cniFolder = (): string | undefined => cniFolders.find((folder) => existsSync(`${folder}/ptp`));

/** Where containerd listens within the cluster's mount namespace. */
const socket = '/run/containerd/containerd.sock';

const containerdConfig = (root: string, snapshotter: string): string => `version = 2
root = "${root}"
state = "/run/containerd"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  # Without CAP_SYS_RESOURCE runc may not lower a score below containerd's own, and dies.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "${snapshotter}"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniFolder() ?? cniFolders[0]}"
    conf_dir = "/etc/cni/net.d"
`;

/** A pair of interfaces a pod, no bridge: replies pass the node's address translation without br_netfilter. */
const cniConfig = {
  cniVersion: '0.4.0',
  name: 'yagura',
  plugins: [
    {
      type: 'ptp',
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: '10.244.0.0/24' }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

export async function containerd({ paths }: Setting, snapshotter: string): Promise<Part> {
  const config = paths.of('containerd.toml');
  await writeFile(config, containerdConfig(paths.of('containerd'), snapshotter));
  await mkdir(paths.of('node/etc-cni'), { recursive: true });
  await writeFile(paths.of('node/etc-cni/10-yagura.conflist'), JSON.stringify(cniConfig));
  return { name: 'containerd', command: 'containerd', args: ['--config', config] };
}

const kubeletConfig = ({ paths, files }: Setting): object => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: files.authority },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: files.pair('kubelet-server').certificate,
  tlsPrivateKeyFile: files.pair('kubelet-server').key,
  containerRuntimeEndpoint: `unix://${socket}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: groupOf(paths.name),
  failCgroupV1: false,
  failSwapOn: false,
  resolvConf: '',
  volumePluginDir: paths.of('node/volume-plugins'),
  localStorageCapacityIsolation: false,
  // A test's machine may be nearly full without its pods being thrown out.
  evictionHard: {
    'memory.available': '0%',
    'nodefs.available': '0%',
    'nodefs.inodesFree': '0%',
    'imagefs.available': '0%',
    'imagefs.inodesFree': '0%',
  },
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  healthzPort: 0,
});

export async function kubelet(setting: Setting): Promise<Part> {
  const { paths, files, network, program } = setting;
  const config = paths.of('kubelet.json');
  await writeFile(config, JSON.stringify(kubeletConfig(setting), undefined, 2));
  return {
    name: 'kubelet',
    command: program('kubelet'),
    args: [
      `--config=${config}`,
      `--kubeconfig=${files.kubeconfig('kubelet')}`,
      `--hostname-override=${nodeNameOf(paths.name)}`,
      `--node-ip=${network.nodeAddress}`,
    ],
  };
}

/** Rejects as a firewall does: whoever is refused learns it at once. */
export const policyEnforcer = ({ paths, files, program }: Setting): Part => ({
  name: 'enforce-policies',
  command: program('enforce-policies'),
  args: [
    `--kubeconfig=${files.kubeconfig('enforce-policies')}`,
    `--node=${nodeNameOf(paths.name)}`,
    `--services=${serviceRange}`,
  ],
});

export const kubeProxy = ({ paths, files, program }: Setting): Part => ({
  name: 'kube-proxy',
  command: program('kube-proxy'),
  args: [
    `--kubeconfig=${files.kubeconfig('kube-proxy')}`,
    `--hostname-override=${nodeNameOf(paths.name)}`,
    `--cluster-cidr=${podRange}`,
    '--proxy-mode=nftables',
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0s',
    '--conntrack-tcp-timeout-close-wait=0s',
    '--healthz-bind-address=127.0.0.1:10256',
    '--metrics-bind-address=127.0.0.1:10249',
  ],
});
