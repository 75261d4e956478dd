// Fields of where a request came from, as far as the API server saw it itself.
import { isIPv4 } from 'node:net';
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field } from './field.ts';
import { at, listOf, text } from './outside-value.ts';

/** The API server appends the address of the connection; those before it are what the client or a proxy says. */
const peerOf = (event: ApiRequested): string | undefined => text(listOf(event.request.sourceIPs).at(-1));

const privateV4 =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
const privateV6 = /^(?:::1$|f[cd]|fe[89ab])/i;

/** Addresses of pods and nodes change within a cluster's own networks: all of them are one. */
function networkOf(event: ApiRequested): string | undefined {
  const peer = peerOf(event)?.replace(/^::ffff:/i, '');
  if (peer === undefined) return undefined;
  if (isIPv4(peer)) return privateV4.test(peer) ? 'private' : `${peer.split('.').slice(0, 3).join('.')}.0/24`;
  return privateV6.test(peer) ? 'private' : `${peer.split(':').slice(0, 3).join(':')}::/48`;
}

const agentName = (event: ApiRequested): string | undefined =>
  text(at(event.request, 'userAgent'))?.split(/[/ ]/, 1)[0];

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

const toolOf = (event: ApiRequested): string | undefined => {
  const name = agentName(event);
  return name !== undefined && tools.has(name) ? name : undefined;
};

export const kaSourceFields: readonly Field[] = [
  auditField({
    name: 'ka.source.peer',
    description: 'Address that the connection came from; others of ka.sourceips may be invented',
    example: '203.0.113.7',
    bind: () => peerOf,
  }),
  auditField({
    name: 'ka.source.network',
    description: 'Network of that address: a /24, a /48, or `private` for all private ones',
    example: '203.0.113.0/24',
    bind: () => networkOf,
  }),
  auditField({
    name: 'ka.useragent.name',
    description: 'Name of the client without its version',
    example: 'kubectl',
    bind: () => agentName,
  }),
  auditField({
    name: 'ka.useragent.tool',
    description: 'The same where it is a tool of people and scripts',
    example: 'curl',
    bind: () => toolOf,
  }),
  auditField({
    name: 'ka.impuser.groups',
    isList: true,
    description: 'Groups that were impersonated',
    example: 'system:masters',
    bind: () => (event) =>
      listOf(at(event.request, 'impersonatedUser', 'groups')).flatMap((group) => text(group) ?? []),
  }),
];
