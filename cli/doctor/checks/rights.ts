// Who runs this, and with which capabilities.
import { readFile } from 'node:fs/promises';
import { effectiveCapabilities, missingForSensor } from '../capabilities.ts';
import { type Check, missing, ok, warn } from '../check.ts';

export const user: Check = {
  id: 'user',
  title: 'User',
  for: 'sensor, simulate',
  async run({ terminal }) {
    return terminal.isRoot
      ? ok('root')
      : warn('not root', 'The sensor and `yagura simulate` need root: use sudo.');
  },
};

export const capabilities: Check = {
  id: 'capabilities',
  title: 'Capabilities',
  for: 'sensor',
  async run() {
    const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
    const has = effectiveCapabilities(status);
    const lacks = missingForSensor(has);
    if (lacks.length === 0) return ok([...has].join(', '));
    return missing(
      `lacks ${lacks.join(', ')}`,
      `Run as root, or in a container with ${lacks.join(', ')} added.`,
    );
  },
};
