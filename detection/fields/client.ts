// What its addresses and its user agent tell of a client.
import { isIPv4 } from 'node:net';

/** The API server appends the address of the connection; those before it are what the client or a proxy says. */
export const peerOf = (addresses: readonly unknown[]): string | undefined => {
  const last = addresses.at(-1);
  return typeof last === 'string' && last !== '' ? last : undefined;
};

/** Not routed on the internet: RFC 1918, 6598, 3927 and 2544. */
const privateV4 =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|198\.1[89]\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
const privateV6 = /^(?:::1$|f[cd]|fe[89ab])/i;

/** Addresses of pods and nodes change within a cluster's own networks: all of them are one, `private`. */
export function networkOf(addresses: readonly unknown[]): string | undefined {
  const peer = peerOf(addresses)?.replace(/^::ffff:/i, '');
  if (peer === undefined) return undefined;
  if (isIPv4(peer)) return privateV4.test(peer) ? 'private' : `${peer.split('.').slice(0, 3).join('.')}.0/24`;
  return privateV6.test(peer) ? 'private' : `${peer.split(':').slice(0, 3).join(':')}::/48`;
}

/** `kubectl` of `kubectl/v1.34.0 (linux/amd64)`. */
export const agentNameOf = (agent: unknown): string | undefined =>
  typeof agent === 'string' && agent !== '' ? agent.split(/[/ ]/, 1)[0] : undefined;

/** What people and scripts ask with. Controllers are built with a library that gives their own names. */
const tools: ReadonlySet<string> = new Set([
  'kubectl',
  'curl',
  'Wget',
  'wget',
  'python-requests',
  'Python-urllib',
  'python-httpx',
  'HTTPie',
  'OpenAPI-Generator',
  'node-fetch',
  'axios',
  'Go-http-client',
  'k9s',
  'Lens',
  'Helm',
  'helm',
  'peirates',
  'kubeletctl',
  'rakkess',
]);

export function toolOf(agent: unknown): string | undefined {
  const name = agentNameOf(agent);
  return name !== undefined && tools.has(name) ? name : undefined;
}
