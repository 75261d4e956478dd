// Which fields of conditions a glance at a record can tell.
import {
  type Event,
  type GlanceField,
  type GlanceValue,
  glancePlaces,
  type PlacedGlanceField,
} from '@yagura/contracts';
import { type BoundField, catalogueFields } from '../compile/typed-condition.ts';
import { listOf, number, readEach, text } from '../fields/outside-value.ts';

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
  'ka.useragent.name': 'userAgent',
  'ka.useragent.tool': 'userAgent',
  'ka.sourceips': 'sourceIPs',
  'ka.sourceips.country': 'sourceIPs',
  'ka.source.peer': 'sourceIPs',
  'ka.source.network': 'sourceIPs',
  'ka.uri': 'requestURI',
  'ka.object.left_out': 'kept',
  // As rules written for Falco like to say it.
  'jevt.value[/stage]': 'stage',
  'jevt.value[/verb]': 'verb',
  'jevt.value[/objectRef/resource]': 'resource',
  'jevt.value[/objectRef/subresource]': 'subresource',
  'jevt.value[/objectRef/namespace]': 'namespace',
  'jevt.value[/user/username]': 'user',
  'jevt.value[/responseStatus/code]': 'code',
};

const known = (key: string): GlanceField | undefined =>
  Object.hasOwn(fields, key) ? fields[key] : undefined;

/** The one value of a glance that all of what is read depends on. */
export function glanceFieldOf(bound: BoundField): GlanceField | undefined {
  const [first, ...others] = catalogueFields(bound).map(({ key, field }) => known(key) ?? known(field.name));
  return others.every((other) => other === first) ? first : undefined;
}

/** Those of `ka.req.` and `ka.resp.` that have a value, if only `false`, where a request has no object. */
const namedOrFalse: ReadonlySet<string> = new Set([
  'ka.req.configmap.name',
  'ka.req.container.privileged',
  'ka.req.volume.hostpath',
  'ka.req.service.apps',
  'ka.req.service.is_internal',
  'ka.req.service.widest_source_prefix',
  'ka.req.webhook.own',
]);

/** Whether nothing is read from a request without objects. */
export function needsBody({ field: { name }, key, parts }: BoundField): boolean {
  if (parts !== undefined) return false;
  return name.startsWith('ka.req.') || name.startsWith('ka.resp.')
    ? !namedOrFalse.has(name)
    : /^jevt\.value\[\/(?:request|response)Object[/\]]/.test(key);
}

/** Where each value lies in the request of an event, for one that is made up. */
const places: Readonly<Record<GlanceField, readonly string[]>> = {
  ...glancePlaces,
  bodies: ['requestObject'],
  kept: ['level'],
};

/** Of these a missing value tells nothing. */
export const isOpenWithout = (field: GlanceField): boolean => field === 'kept';

/** What a glance tells of a value of a request, which is what the fields of rules read of it. */
export function glanceValueOf(field: PlacedGlanceField, value: unknown): GlanceValue {
  if (field === 'code') return number(value);
  return field === 'groups' || field === 'sourceIPs' ? readEach(listOf(value), text) : text(value);
}

/** An event of which nothing but one value is known: enough for fields that read nothing else. */
export function eventWith(field: GlanceField, value: unknown): Event {
  const request = places[field].reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return { kind: 'api.requested', id: '', time: '', provider: 'kubernetes', quality: {}, request } as Event;
}

/** What records are told apart by, those first that rule out the most and have the fewest values. */
export const branchingFields: readonly GlanceField[] = [
  'verb',
  'resource',
  'bodies',
  'kept',
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
