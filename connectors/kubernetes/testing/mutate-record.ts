// Breaks audit records in the ways that logs break, and in those that somebody would try who wants a record overlooked.
import type { Random } from '@yagura/kit/testing';

type Fields = Record<string, unknown>;
type Mutation<T> = (value: T, random: Random) => T;

const oddValues: readonly unknown[] = [
  null,
  true,
  -0.5,
  200,
  '200',
  '',
  'create',
  'pods',
  '{"username":"system:anonymous","resource":"pods"}',
  [],
  {},
  ['alice'],
  { username: 'system:anonymous', resource: 'secrets', code: 200 },
  'x'.repeat(600),
];
const words = [
  'create',
  'get',
  'list',
  'delete',
  'pods',
  'secrets',
  'events',
  'exec',
  'alice',
  'system:node:n1',
];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The record, or one of the objects directly in it. */
function someObject(record: Fields, random: Random): Fields {
  const inner = Object.values(record).filter(isFields);
  return random.below(2) === 0 || inner.length === 0 ? record : random.pick(inner);
}

const onObjects: readonly Mutation<Fields>[] = [
  (record) => record,
  (record, random) => {
    const object = someObject(record, random);
    const key = random.pick(Object.keys(object));
    if (key !== undefined) object[key] = random.pick([...oddValues, ...words]);
    return record;
  },
  (record, random) => {
    const object = someObject(record, random);
    const key = random.pick(Object.keys(object));
    if (key !== undefined) delete object[key];
    return record;
  },
  (record, random) =>
    Object.fromEntries(
      Object.entries(record)
        .map((entry) => [random.below(1000), entry] as const)
        .sort(([a], [b]) => a - b)
        .map(([, entry]) => entry),
    ),
  (record, random) => ({ ...record, [random.pick(['metadata', 'timestamp', 'items', '__proto__'])]: [{}] }),
  (record, random) => {
    let deep: unknown = 1;
    for (let depth = random.below(200); depth > 0; depth -= 1)
      deep = random.below(2) === 0 ? [deep] : { deep };
    return { ...record, requestObject: deep };
  },
];

const insert = (text: string, at: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at);

/** Behind a comma or brace somewhere: where a member could stand. */
function somePlace(text: string, random: Random): number {
  const from = random.below(text.length);
  const found = text.slice(from).search(/[,{]/);
  return found === -1 ? text.length : from + found + 1;
}

const doubles = [
  '"verb":"create",',
  '"objectRef":{"resource":"pods"},',
  '"objectRef":"pods",',
  '"user":{"username":"system:anonymous"},',
  '"stage":"ResponseComplete",',
  '"kind":"Pod",',
  '"responseStatus":{"code":403},',
  '"v\\u0065rb":"create",',
  '"items":[{"verb":"create"}],',
];

const onText: readonly Mutation<string>[] = [
  (text) => text,
  (text, random) => insert(text, somePlace(text, random), random.pick(doubles)),
  (text, random) => {
    const at = random.below(text.length);
    const unit = text.charCodeAt(at).toString(16).padStart(4, '0');
    return `${text.slice(0, at)}\\u${unit}${text.slice(at + 1)}`;
  },
  (text, random) =>
    insert(
      text,
      random.below(text.length),
      random.pick(['\n', ' ', '\\', '"', '\0', '}', '{', ',', '\u0007', 'é']),
    ),
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + String.fromCharCode(32 + random.below(95)) + text.slice(at + 1);
  },
  (text) => text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
  (text) => JSON.stringify(JSON.parse(text), undefined, 2),
  (text) => text.replaceAll('":', '": '),
  (text) => text + text,
  (text) => `{"kind":"EventList","items":[${text},${text}]}`,
];

/** At most one mutation of the object and two of its text. Any text may come out. */
export function mutateRecord(record: Readonly<Fields>, random: Random): string {
  const mutated = random.pick(onObjects)(structuredClone(record) as Fields, random);
  let text = JSON.stringify(mutated);
  for (let times = random.below(3); times > 0; times -= 1) {
    try {
      text = random.pick(onText)(text, random);
    } catch {
      // What an earlier mutation broke cannot be written anew.
    }
  }
  return text;
}
