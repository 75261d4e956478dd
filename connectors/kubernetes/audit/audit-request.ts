// Builds the request of an audit event out of an untrusted record, field by field.
import type { AuditObjectRef, AuditRequest, AuditUser } from '@yagura/contracts';
import { utcTime } from './audit-time.ts';
import { type FieldReader, type JsonObject, own, parseNested } from './field-reader.ts';
import { fitsLimits } from './fits-limits.ts';
import { auditLimits } from './limits.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Copies without the fields that are not there: an explicit `undefined` would change a hash and a deep comparison. */
function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept as T;
}

function takeUser(read: FieldReader, record: JsonObject, key: string): AuditUser | undefined {
  const user = read.object(record, key);
  if (user === undefined) return undefined;
  return present<AuditUser>({
    username: read.text(user, 'username'),
    uid: read.text(user, 'uid'),
    groups: read.texts(user, 'groups', auditLimits.groups),
    extra: takeMap(read, user, 'extra', (map, name) => read.texts(map, name, auditLimits.valuesPerEntry)),
  } as { [K in keyof AuditUser]: AuditUser[K] | undefined });
}

/** Nothing of it is cut or left out, so that there is nothing to copy. */
const isTakenWhole = <T>(
  map: JsonObject,
  names: readonly string[],
  take: (map: JsonObject, name: string) => T | undefined,
): boolean =>
  names.length <= auditLimits.mapEntries &&
  names.every((name) => name.length <= auditLimits.shortTextChars && take(map, name) === map[name]);

function takeMap<T>(
  read: FieldReader,
  from: JsonObject,
  ...[key, take]: [key: string, take: (map: JsonObject, name: string) => T | undefined]
): Readonly<Record<string, T>> | undefined {
  const map = read.object(from, key);
  if (map === undefined) return undefined;
  const names = Object.keys(map);
  if (isTakenWhole(map, names, take)) return map as Readonly<Record<string, T>>;
  if (names.length > auditLimits.mapEntries) read.lose();
  const entries = names.slice(0, auditLimits.mapEntries).flatMap((name): [string, T][] => {
    const value = name.length > auditLimits.shortTextChars ? read.lose() : take(map, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

function takeObjectRef(read: FieldReader, record: JsonObject): AuditObjectRef | undefined {
  const ref = read.object(record, 'objectRef');
  if (ref === undefined) return undefined;
  const names = [
    'resource',
    'subresource',
    'namespace',
    'name',
    'uid',
    'apiGroup',
    'apiVersion',
    'resourceVersion',
  ] as const;
  const taken: Mutable<AuditObjectRef> = {};
  for (const name of names) {
    const value = read.text(ref, name);
    if (value !== undefined) taken[name] = value;
  }
  return taken;
}

/** A body is kept whole or not at all: half an object would make rules see what was never asked for. */
function takeBody(read: FieldReader, record: JsonObject, key: string): unknown {
  const value = own(record, key);
  if (value === undefined) return undefined;
  const body = typeof value === 'string' ? (parseNested(value) ?? value) : value;
  const limits = {
    chars: auditLimits.bodyChars,
    nodes: auditLimits.bodyNodes,
    depth: auditLimits.bodyDepth,
  };
  return fitsLimits(body, limits) ? body : read.lose();
}

function takeStatus(read: FieldReader, record: JsonObject): AuditRequest['responseStatus'] {
  const status = read.object(record, 'responseStatus');
  if (status === undefined) return undefined;
  type Status = NonNullable<AuditRequest['responseStatus']>;
  return present<Status>({
    code: read.integer(status, 'code'),
    reason: read.text(status, 'reason'),
    message: read.text(status, 'message', auditLimits.textChars),
  } as { [K in keyof Status]: Status[K] | undefined });
}

export interface TakenNames {
  readonly auditID: string;
  readonly stage: string;
  readonly verb: string;
}

/** Everything of an audit record that a rule may rely on, in the shape of `audit.k8s.io/v1`. */
export function takeRequest(read: FieldReader, record: JsonObject, names: TakenNames): AuditRequest {
  return present<AuditRequest>({
    ...names,
    level: read.text(record, 'level', 32),
    requestURI: read.text(record, 'requestURI', auditLimits.textChars),
    user: takeUser(read, record, 'user'),
    impersonatedUser: takeUser(read, record, 'impersonatedUser'),
    sourceIPs: read.texts(record, 'sourceIPs', auditLimits.sourceAddresses),
    userAgent: read.text(record, 'userAgent', auditLimits.textChars),
    objectRef: takeObjectRef(read, record),
    responseStatus: takeStatus(read, record),
    requestObject: takeBody(read, record, 'requestObject'),
    responseObject: takeBody(read, record, 'responseObject'),
    requestReceivedTimestamp: utcTime(own(record, 'requestReceivedTimestamp')),
    stageTimestamp: utcTime(own(record, 'stageTimestamp')),
    annotations: takeMap(read, record, 'annotations', (map, name) =>
      read.text(map, name, auditLimits.textChars),
    ),
  } as { [K in keyof AuditRequest]: AuditRequest[K] | undefined });
}
