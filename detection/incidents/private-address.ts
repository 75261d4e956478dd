// Tells addresses of the inside (private, shared, link-local, loopback) from those that one party has to itself.
import { BlockList, isIP } from 'node:net';

/** RFC 1918, 6598, 3927, 1122, 4193, 4291. */
const ranges: readonly (readonly [address: string, bits: number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
];

const inside = new BlockList();
for (const [address, bits] of ranges)
  inside.addSubnet(address, bits, address.includes(':') ? 'ipv6' : 'ipv4');

/** What is no address at all counts as inside: nothing is known about it. */
export function isPrivateAddress(text: string): boolean {
  const family = isIP(text);
  return family === 0 || inside.check(text, family === 4 ? 'ipv4' : 'ipv6');
}
