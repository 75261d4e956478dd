// The cluster's network: a namespace of its own, tied to this machine by one pair of virtual interfaces and nothing else.
import { writeFile } from 'node:fs/promises';
import { enter } from './holder.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { run } from './run.ts';

export const serviceRange = '10.96.0.0/16';
export const podRange = '10.244.0.0/16';
/** The Service `kubernetes`. */
export const serviceAddress = '10.96.0.1';

export interface ClusterNetwork {
  /** Of this machine's end, as the cluster's programs and pods reach it. */
  readonly hostAddress: string;
  /** Of the cluster's node, as this machine reaches it. */
  readonly nodeAddress: string;
  readonly link: string;
}

const slots = 256;

/** Four addresses a cluster out of 198.18.0.0/16, which RFC 2544 keeps for tests. */
const networkOf = (slot: number): ClusterNetwork => {
  const prefix = `198.18.${slot >> 6}`;
  const base = (slot & 63) * 4;
  return {
    hostAddress: `${prefix}.${base + 1}`,
    nodeAddress: `${prefix}.${base + 2}`,
    link: `yagura-c${slot}`,
  };
};

/** The link's name is the claim: the kernel lets no second one have it. */
async function claimLink(holder: ProcessIdentity): Promise<ClusterNetwork> {
  for (let slot = 0; slot < slots; slot++) {
    const network = networkOf(slot);
    try {
      const peer = ['peer', 'name', 'eth0', 'netns', String(holder.pid)];
      await run('ip', ['link', 'add', network.link, 'type', 'veth', ...peer]);
      return network;
    } catch (error) {
      if (!String(error).includes('File exists')) throw error;
    }
  }
  throw new Error(`${slots} clusters run on this machine already`);
}

/**
 * What comes from pods and leaves by the interface looks as if the node had sent it, since this machine knows no way
 * to pods. There is no default route: nothing of a test's cluster gets further than this machine.
 */
const nodeRules = `table ip yagura {
  chain leaving {
    type nat hook postrouting priority srcnat;
    ip saddr ${podRange} oifname "eth0" masquerade
  }
}
`;

export async function makeNetwork(holder: ProcessIdentity): Promise<ClusterNetwork> {
  const network = await claimLink(holder);
  const { link, hostAddress, nodeAddress } = network;
  const inside = (command: string, args: readonly string[], input?: string): Promise<string> =>
    run('nsenter', [...enter(holder), command, ...args], input === undefined ? {} : { input });
  await writeFile(`/proc/sys/net/ipv6/conf/${link}/disable_ipv6`, '1').catch(() => undefined);
  await run('ip', ['address', 'add', `${hostAddress}/30`, 'dev', link]);
  await run('ip', ['link', 'set', link, 'up']);
  await inside('ip', ['link', 'set', 'lo', 'up']);
  await inside('ip', ['address', 'add', `${nodeAddress}/30`, 'dev', 'eth0']);
  await inside('ip', ['link', 'set', 'eth0', 'up']);
  // kube-proxy rewrites a Service's address only after a route for it was found.
  await inside('ip', ['route', 'add', serviceRange, 'dev', 'eth0']);
  await inside('tee', ['/proc/sys/net/ipv4/ip_forward'], '1');
  await inside('nft', ['-f', '-'], nodeRules);
  return network;
}
