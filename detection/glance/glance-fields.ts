// Which fields of conditions a glance at a record can tell.
import type { GlanceField } from '@yagura/contracts';
import { agentNameOf, networkOf, peerOf, toolOf } from '../fields/client.ts';
import type { FieldValue } from '../fields/field.ts';

const fields: Readonly<Record<string, GlanceField>> = {
  'ka.stage': 'stage',
  'ka.verb': 'verb',
  'ka.target.resource': 'resource',
  'ka.target.subresource': 'subresource',
  'ka.target.apigroup': 'apiGroup',
  'ka.target.namespace': 'namespace',
  'ka.target.name': 'name',
  'ka.response.code': 'code',
  'ka.user.name': 'user',
  'ka.user.groups': 'groups',
  'ka.impuser.name': 'impersonatedUser',
  'ka.useragent': 'userAgent',
  'ka.sourceips': 'sourceIPs',
  'ka.uri': 'requestURI',
  // As rules written for Falco like to say it.
  'jevt.value[/stage]': 'stage',
  'jevt.value[/verb]': 'verb',
  'jevt.value[/objectRef/resource]': 'resource',
  'jevt.value[/objectRef/subresource]': 'subresource',
  'jevt.value[/objectRef/namespace]': 'namespace',
  'jevt.value[/user/username]': 'user',
  'jevt.value[/responseStatus/code]': 'code',
};

const listed = (value: FieldValue): readonly unknown[] => (Array.isArray(value) ? value : []);

interface Derived {
  readonly field: GlanceField;
  readonly from: (value: FieldValue) => FieldValue;
}

/** Fields that are made of one that a glance tells. */
const derived: Readonly<Record<string, Derived>> = {
  'ka.source.peer': { field: 'sourceIPs', from: (value) => peerOf(listed(value)) },
  'ka.source.network': { field: 'sourceIPs', from: (value) => networkOf(listed(value)) },
  'ka.useragent.name': { field: 'userAgent', from: agentNameOf },
  'ka.useragent.tool': { field: 'userAgent', from: toolOf },
};

const itself = (value: FieldValue): FieldValue => value;

/** By a field's name and argument, as written. */
export function glanceFieldOf(key: string): Derived | undefined {
  if (Object.hasOwn(derived, key)) return derived[key];
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return field === undefined ? undefined : { field, from: itself };
}

/** What records are told apart by, those first that rule out the most and have the fewest values. */
export const branchingFields: readonly GlanceField[] = [
  'verb',
  'resource',
  'subresource',
  'stage',
  'code',
  'apiGroup',
  'user',
  'impersonatedUser',
  'userAgent',
  'sourceIPs',
  'groups',
  'namespace',
];
