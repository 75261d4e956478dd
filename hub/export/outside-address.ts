// Keeps export away from link-local addresses, where clouds serve credentials to whoever asks.
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16);
linkLocal.addSubnet('fe80::', 10, 'ipv6');
// The same in a network that translates to IPv4 (RFC 6052).
linkLocal.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
// The metadata services of AWS over IPv6 and of Alibaba, and the wire server of Azure.
linkLocal.addAddress('fd00:ec2::254', 'ipv6');
linkLocal.addAddress('100.100.100.200');
linkLocal.addAddress('168.63.129.16');

/** Private addresses are let through: a hub is self-hosted, and so is what it exports to. */
export function isRefusedAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && linkLocal.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** As the system resolves, at the moment of connecting, so that a name cannot change between check and use. */
export const lookupOutside: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const refused = addresses.find(({ address }) => isRefusedAddress(address));
    if (refused) return callback(new Error(`${hostname} is a link-local address`), '', 0);
    const [first] = addresses;
    if (options.all) return callback(null, addresses);
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** The first address of a name, for what resolves no names itself. */
export const resolveOutside = (hostname: string): Promise<LookupAddress> =>
  new Promise((resolve, reject) => {
    lookupOutside(hostname, {}, (error, address, family = 0) => {
      if (error) reject(error);
      else resolve({ address: String(address), family });
    });
  });
