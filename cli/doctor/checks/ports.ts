// Whether the ports that `yagura start` listens on are free.
import { requireFree } from '../../start/listen-address.ts';
import { type Check, ok, warn } from '../check.ts';

const addresses = [
  { host: '127.0.0.1', port: 7080 },
  { host: '127.0.0.1', port: 7443 },
];

export const ports: Check = {
  id: 'ports',
  title: 'Ports',
  for: 'hub',
  async run() {
    const taken: number[] = [];
    for (const address of addresses) {
      await requireFree(address, 0).catch(() => taken.push(address.port));
    }
    if (taken.length === 0) return ok('7080 and 7443 are free');
    return warn(
      `${taken.join(' and ')} taken, by a hub that runs or by another program`,
      'Use other addresses with --api and --agents.',
    );
  },
};
