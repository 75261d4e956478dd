// Fields of where a request came from and by which client, as far as the API server saw it itself.
import type { ApiRequested } from '@yagura/contracts';
import { agentNameOf, networkOf, peerOf, toolOf } from './client.ts';
import { auditField, type Field } from './field.ts';
import { at, listOf, text } from './outside-value.ts';

const addressesOf = (event: ApiRequested): readonly unknown[] => listOf(event.request.sourceIPs);

export const kaSourceFields: readonly Field[] = [
  auditField({
    name: 'ka.source.peer',
    description: 'Address that the connection came from; others of ka.sourceips may be invented',
    example: '203.0.113.7',
    bind: () => (event) => peerOf(addressesOf(event)),
  }),
  auditField({
    name: 'ka.source.network',
    description: 'Network of that address: a /24, a /48, or `private` for all private ones',
    example: '203.0.113.0/24',
    bind: () => (event) => networkOf(addressesOf(event)),
  }),
  auditField({
    name: 'ka.useragent.name',
    description: 'Name of the client without its version',
    example: 'kubectl',
    bind: () => (event) => agentNameOf(event.request.userAgent),
  }),
  auditField({
    name: 'ka.useragent.tool',
    description: 'The same where it is a tool of people and scripts',
    example: 'curl',
    bind: () => (event) => toolOf(event.request.userAgent),
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
