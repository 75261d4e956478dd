// Tells the agent of a cluster, through its tunnel, that there is something to ask for.
import { tunnelRingHeader } from '@yagura/contracts';
import type { Tunnels } from '../tunnel/tunnels.ts';

const timeoutMs = 10_000;

/** Whether it reaches the agent matters little: the agent asks by itself every half minute. */
export function ringCluster(tunnels: Pick<Tunnels, 'request'>, cluster: string): void {
  const stream = tunnels.request(cluster, {
    ':method': 'POST',
    ':path': '/',
    [tunnelRingHeader]: 'extensions',
  });
  if (typeof stream === 'string') return;
  stream.on('error', () => {});
  stream.setTimeout(timeoutMs, () => stream.close());
  stream.resume();
  stream.end();
}
