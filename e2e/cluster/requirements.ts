// What a cluster needs of this machine, and how to get it.
import { execFileSync } from 'node:child_process';
import { findCommand } from './ground/find-command.ts';
import { cniFolder } from './parts/node.ts';
import { findProgram } from './programs/build.ts';
import { controlPlanePrograms, nodePrograms } from './programs/list.ts';

export type Nodes = 'real' | 'simulated';

/** Command → Debian's package. */
const always = { unshare: 'util-linux', nsenter: 'util-linux', ip: 'iproute2', nft: 'nftables', tar: 'tar' };
const forNodes = {
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  busybox: 'busybox-static',
  gcc: 'gcc',
};

/** Whether a shell in new namespaces does as it is told. */
const canInNamespaces = (script: string): boolean => {
  try {
    const args = ['--net', '--mount', 'sh', '-c', script];
    execFileSync('unshare', args, { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
};

const missingPackages = (nodes: Nodes): readonly string[] => {
  const commands = { ...always, ...(nodes === 'real' ? forNodes : {}) };
  const missing = Object.entries(commands).flatMap(([name, debian]) =>
    findCommand(name) === undefined ? [debian] : [],
  );
  if (nodes === 'real' && cniFolder() === undefined) missing.push('containernetworking-plugins');
  return [...new Set(missing)];
};

/** Why this machine can run no cluster, with how to mend it; `undefined` when it can. */
export function whyNoCluster(nodes: Nodes): string | undefined {
  if (process.platform !== 'linux') return 'a real cluster needs Linux';
  if (process.getuid?.() !== 0) return 'a real cluster needs root';
  const packages = missingPackages(nodes);
  if (packages.length > 0) return `a real cluster needs: apt-get install ${packages.join(' ')}`;
  const programs = [...controlPlanePrograms, ...(nodes === 'real' ? nodePrograms : [])];
  if (programs.some((one) => findProgram(one) === undefined) && findCommand('go') === undefined)
    return 'a real cluster needs Go 1.26 or newer to build Kubernetes, or KUBEBUILDER_ASSETS to name a folder that has it';
  if (!canInNamespaces('true')) return 'a real cluster needs the right to make network and mount namespaces';
  return undefined;
}

const setAndRule =
  'ipset create one hash:ip && iptables -A FORWARD -m set --match-set one src -m comment --comment x -j REJECT';

/** Why NetworkPolicies are taken by a real cluster here and not enforced; `undefined` when they are. */
export function whyNoPolicies(): string | undefined {
  if (findCommand('ipset') === undefined)
    return 'NetworkPolicies are enforced with ipset: apt-get install ipset';
  if (!canInNamespaces(setAndRule))
    return 'NetworkPolicies are enforced with iptables and ipset, and this kernel lacks sets (modprobe ip_set xt_set)';
  return undefined;
}
