// Looks at an audit event in a line of the event log without parsing it; what it tells is what rules would read of it.
import { JsonScanner } from '@yagura/connector-kubernetes';
import {
  type AuditGlance,
  type GlanceField,
  type GlanceValue,
  glancePlaces,
  type PlacedGlanceField,
} from '@yagura/contracts';
import { glanceValueOf } from '@yagura/detection';

type Path = readonly string[];

const places: readonly (readonly [string, Path])[] = Object.entries(glancePlaces);
const parents = new Set(places.flatMap(([, [first = '', ...inner]]) => (inner.length === 0 ? [] : [first])));
const inRequest = (...path: Path): Path => ['request', ...path];
const paths: readonly Path[] = [
  ['kind'],
  inRequest(),
  ...['level', 'requestObject', 'responseObject', ...parents].map((key) => inRequest(key)),
  ...places.map(([, path]) => inRequest(...path)),
];
const numberOf = (path: Path): number => paths.findIndex((known) => known.join('.') === path.join('.'));
const numbers = Object.fromEntries(
  places.map(([field, path]) => [field, numberOf(inRequest(...path))]),
) as Record<PlacedGlanceField, number>;
const kindNumber = numberOf(['kind']);
const levelNumber = numberOf(inRequest('level'));
const bodyNumbers = ['requestObject', 'responseObject'].map((key) => numberOf(inRequest(key)));

/** As the publisher and the door write one: lines that begin otherwise are parsed. */
const beginning = '{"kind":"api.requested",';

export class EventGlance implements AuditGlance {
  readonly #scanner = new JsonScanner(paths);
  #text = '';

  /** Whether all of the line is one audit event, so that what is told of it holds. */
  look(text: string, start: number, end: number): boolean {
    if (!text.startsWith(beginning, start)) return false;
    this.#text = text;
    return this.#scanner.scan(text, start) === end && this.#raw(kindNumber) === '"api.requested"';
  }

  raw(field: GlanceField): string {
    if (field === 'bodies') return this.#bodies() ?? '';
    return field === 'kept' ? (this.#kept() ?? '') : this.#raw(numbers[field]);
  }

  read(field: GlanceField): GlanceValue {
    if (field === 'bodies') return this.#bodies();
    if (field === 'kept') return this.#kept();
    const raw = this.#raw(numbers[field]);
    try {
      return glanceValueOf(field, raw === '' ? undefined : JSON.parse(raw));
    } catch {
      // Nobody looked into the strings of the line.
      return null;
    }
  }

  #bodies(): 'some' | undefined {
    return bodyNumbers.some((number) => this.#scanner.spans[2 * number] !== -1) ? 'some' : undefined;
  }

  #kept(): 'yes' | undefined {
    const isThere = this.#scanner.spans[2 * (bodyNumbers[0] as number)] !== -1;
    return isThere || this.#raw(levelNumber) === '"Metadata"' ? 'yes' : undefined;
  }

  #raw(number: number): string {
    const { spans } = this.#scanner;
    const start = spans[2 * number] ?? -1;
    return start === -1 ? '' : this.#text.slice(start, spans[2 * number + 1]);
  }
}
