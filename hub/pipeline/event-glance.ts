// Looks at an audit event in a line of the event log without parsing it; what it tells is what rules would read of it.
import { JsonScanner } from '@yagura/connector-kubernetes';
import type { AuditGlance, GlanceField, GlanceValue } from '@yagura/contracts';

type Path = readonly string[];

const ofRequest: Readonly<Record<Exclude<GlanceField, 'bodies'>, Path>> = {
  stage: ['stage'],
  stageTimestamp: ['stageTimestamp'],
  verb: ['verb'],
  resource: ['objectRef', 'resource'],
  subresource: ['objectRef', 'subresource'],
  apiGroup: ['objectRef', 'apiGroup'],
  namespace: ['objectRef', 'namespace'],
  name: ['objectRef', 'name'],
  code: ['responseStatus', 'code'],
  user: ['user', 'username'],
  groups: ['user', 'groups'],
  impersonatedUser: ['impersonatedUser', 'username'],
  userAgent: ['userAgent'],
  sourceIPs: ['sourceIPs'],
  requestURI: ['requestURI'],
};
const kind: Path = ['kind'];
const bodies: readonly Path[] = [
  ['request', 'requestObject'],
  ['request', 'responseObject'],
];
const inRequest = (path: Path): Path => ['request', ...path];
const parents: readonly Path[] = [
  ['request'],
  ...['objectRef', 'responseStatus', 'user', 'impersonatedUser'].map((key) => ['request', key]),
];
const paths: readonly Path[] = [kind, ...bodies, ...parents, ...Object.values(ofRequest).map(inRequest)];
const numberOf = (path: Path): number => paths.findIndex((known) => known.join('.') === path.join('.'));
const numbers = Object.fromEntries(
  Object.entries(ofRequest).map(([field, path]) => [field, numberOf(inRequest(path))]),
) as Record<Exclude<GlanceField, 'bodies'>, number>;
const bodyNumbers = bodies.map(numberOf);

/** As the publisher and the door write one: lines that begin otherwise are parsed. */
const beginning = '{"kind":"api.requested",';

export class EventGlance implements AuditGlance {
  readonly #scanner = new JsonScanner(paths);
  #text = '';

  /** Whether all of the line is one audit event, so that what is told of it holds. */
  look(text: string, start: number, end: number): boolean {
    if (!text.startsWith(beginning, start)) return false;
    this.#text = text;
    return this.#scanner.scan(text, start) === end && this.#raw(numberOf(kind)) === '"api.requested"';
  }

  raw(field: GlanceField): string {
    return field === 'bodies' ? (this.#bodies() ?? '') : this.#raw(numbers[field]);
  }

  read(field: GlanceField): GlanceValue {
    if (field === 'bodies') return this.#bodies();
    const raw = this.#raw(numbers[field]);
    if (raw === '') return field === 'groups' || field === 'sourceIPs' ? [] : undefined;
    try {
      return readAs(field, JSON.parse(raw));
    } catch {
      // Nobody looked into the strings of the line.
      return null;
    }
  }

  #bodies(): 'some' | undefined {
    return bodyNumbers.some((number) => this.#scanner.spans[2 * number] !== -1) ? 'some' : undefined;
  }

  #raw(number: number): string {
    const { spans } = this.#scanner;
    const start = spans[2 * number] ?? -1;
    return start === -1 ? '' : this.#text.slice(start, spans[2 * number + 1]);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** As the fields of rules read the same values. */
function readAs(field: GlanceField, value: unknown): GlanceValue {
  if (field === 'groups' || field === 'sourceIPs') return Array.isArray(value) ? value.filter(isText) : [];
  if (field !== 'code') return isText(value) ? value : undefined;
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  return typeof value === 'number' ? value : undefined;
}
