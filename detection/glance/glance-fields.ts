// Which fields of conditions a glance at a record can tell.
import type { GlanceField } from '@yagura/contracts';

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

/** By a field's name and argument, as written. */
export const glanceFieldOf = (key: string): GlanceField | undefined =>
  Object.hasOwn(fields, key) ? fields[key] : undefined;

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
