// Looks at an audit record without parsing it; what it tells is what the normaliser would make of the record.
import {
  type AuditGlance,
  type GlanceField,
  type GlanceValue,
  glancePlaces,
  type PlacedGlanceField,
} from '@yagura/contracts';
import { utcTime } from './audit-time.ts';
import { JsonScanner, type Path } from './json-scanner.ts';
import { auditLimits } from './limits.ts';

const paths: Path[] = Object.values(glancePlaces);
const numberOf = (path: Path): number => {
  const found = paths.findIndex((known) => known.join('.') === path.join('.'));
  return found === -1 ? paths.push(path) - 1 : found;
};
/** What else stands in nearly every record: a key that is known is passed more quickly. */
const frequent: readonly Path[] = [
  ['level'],
  ['auditID'],
  ['user', 'uid'],
  ['user', 'extra'],
  ['objectRef', 'uid'],
  ['objectRef', 'apiVersion'],
  ['objectRef', 'resourceVersion'],
  ['responseStatus', 'metadata'],
  ['requestReceivedTimestamp'],
  ['annotations', 'authorization.k8s.io/reason'],
];
for (const path of frequent) numberOf(path);
const fieldNumbers = Object.fromEntries(
  Object.entries(glancePlaces).map(([name, path]) => [name, numberOf(path)]),
) as Record<PlacedGlanceField, number>;
/** Of the fields inside another object: that object. */
const parentNumbers = Object.fromEntries(
  Object.entries(glancePlaces).map(([name, path]) => [name, path.length === 1 ? -1 : numberOf([path[0]])]),
) as Record<PlacedGlanceField, number>;
const kind = numberOf(['kind']);
const apiVersion = numberOf(['apiVersion']);
const items = numberOf(['items']);
const reason = numberOf(['responseStatus', 'reason']);
const level = numberOf(['level']);
const requestObject = numberOf(['requestObject']);
const bodies = [requestObject, numberOf(['responseObject'])];
const annotations = numberOf(['annotations']);
const decision = numberOf(['annotations', 'authorization.k8s.io/decision']);

/** Of a text or of each text in a list. */
const maxChars: Partial<Record<GlanceField, number>> = {
  stage: 32,
  verb: 64,
  userAgent: auditLimits.textChars,
  requestURI: auditLimits.textChars,
};
const maxItems: Partial<Record<GlanceField, number>> = {
  groups: auditLimits.groups,
  sourceIPs: auditLimits.sourceAddresses,
};
/** What a text cannot hold as it stands. */
const special = /[^ -[\]-~]/;
const quote = 0x22;
const openBrace = 0x7b;

export class RecordGlance implements AuditGlance {
  readonly #scanner = new JsonScanner(paths);
  #text = '';

  /** `text` is Latin-1 of the bytes. The end of the record that opens at `from`, -1 when nothing can be told of it. */
  look(text: string, from: number): number {
    this.#text = text;
    const end = this.#scanner.scan(text, from);
    return end === -1 || this.#start(items) !== -1 ? -1 : end;
  }

  /** Whether the record is one that the normaliser takes, and one that says in its own words what it is about. */
  isAuditRecord(): boolean {
    return (
      this.#is(kind, '"Event"') &&
      this.#is(apiVersion, '"audit.k8s.io/v1"') &&
      this.#isText(fieldNumbers.verb) &&
      this.#isText(fieldNumbers.stage)
    );
  }

  raw(field: GlanceField): string {
    if (field === 'bodies') return this.#bodies() ?? '';
    if (field === 'kept') return this.#kept() ?? '';
    const own = this.#slice(fieldNumbers[field]);
    if (own !== '') return own;
    const parent = this.#rawParent(field);
    return field === 'code' ? `${parent}${this.#slice(reason)}${this.#rawDecision()}` : parent;
  }

  read(field: GlanceField): GlanceValue {
    if (field === 'bodies') return this.#bodies();
    if (field === 'kept') return this.#kept();
    if (this.#rawParent(field) !== '') return null;
    const raw = this.#slice(fieldNumbers[field]);
    if (field === 'code') return this.#readCode(raw);
    if (field === 'stageTimestamp') return readTime(raw);
    if (raw === '' || raw === 'null') return undefined;
    const limit = maxItems[field];
    return limit === undefined ? readText(raw, maxChars[field]) : readTexts(raw, limit);
  }

  /** Empty where the field's own object is one or is missing: else the normaliser may look into a string, or leave it out. */
  #rawParent(field: PlacedGlanceField): string {
    const parent = parentNumbers[field];
    if (parent === -1) return '';
    const start = this.#start(parent);
    if (start === -1 || this.#text.charCodeAt(start) === openBrace) return '';
    const raw = this.#slice(parent);
    return raw === 'null' ? '' : `!${raw}`;
  }

  #bodies(): 'some' | undefined {
    const isThere = (number: number): boolean => this.#start(number) !== -1 && !this.#is(number, 'null');
    return bodies.some(isThere) ? 'some' : undefined;
  }

  /** A record that was walked is no deeper than what the normaliser keeps. */
  #kept(): 'yes' | undefined {
    if (this.#is(level, '"Metadata"')) return 'yes';
    const start = this.#start(requestObject);
    if (start === -1 || this.#text.charCodeAt(start) !== openBrace) return undefined;
    const chars = (this.#scanner.spans[2 * requestObject + 1] as number) - start;
    return chars <= Math.min(auditLimits.bodyChars, auditLimits.bodyNodes) ? 'yes' : undefined;
  }

  #rawDecision(): string {
    const start = this.#start(annotations);
    const isMap = start === -1 || this.#text.charCodeAt(start) === openBrace;
    return isMap ? this.#slice(decision) : '!';
  }

  /** A code that is not logged may be derived from the reason or the decision; from neither of the two when all was well. */
  #readCode(raw: string): GlanceValue {
    if (/^\d{1,6}$/.test(raw)) return Number(raw);
    const hasReason = this.#start(reason) !== -1;
    const decided = this.#rawDecision();
    return raw === '' && !hasReason && (decided === '' || decided === '"allow"') ? undefined : null;
  }

  #start(number: number): number {
    return this.#scanner.spans[2 * number] as number;
  }

  #slice(number: number): string {
    const start = this.#start(number);
    return start === -1 ? '' : this.#text.slice(start, this.#scanner.spans[2 * number + 1]);
  }

  #is(number: number, raw: string): boolean {
    const start = this.#start(number);
    return (
      start !== -1 &&
      this.#scanner.spans[2 * number + 1] === start + raw.length &&
      this.#text.startsWith(raw, start)
    );
  }

  #isText(number: number): boolean {
    const start = this.#start(number);
    const hasChars = (this.#scanner.spans[2 * number + 1] as number) - start > '""'.length;
    return start !== -1 && hasChars && this.#text.charCodeAt(start) === quote;
  }
}

function readText(raw: string, limit: number = auditLimits.shortTextChars): GlanceValue {
  if (!raw.startsWith('"')) return null;
  const inner = raw.slice(1, -1);
  const text = special.test(inner) ? decode(raw) : inner;
  if (typeof text !== 'string' || text.length > limit) return null;
  return text === '' ? undefined : text;
}

/** Another time stands in for one that is missing or is none. */
function readTime(raw: string): GlanceValue {
  const time = readText(raw);
  return typeof time === 'string' && utcTime(time) === time ? time : null;
}

/** Empty texts are kept by the normaliser and left out by whoever reads the list. */
function readTexts(raw: string, limit: number): GlanceValue {
  const list = decode(raw);
  if (!Array.isArray(list) || list.length > limit) return null;
  const isFit = (item: unknown): boolean =>
    typeof item === 'string' && item.length <= auditLimits.shortTextChars;
  return list.every(isFit) ? (list as string[]).filter((item) => item !== '') : null;
}

/** `undefined` for what is no JSON: the scanner does not look into strings. */
function decode(raw: string): unknown {
  try {
    return JSON.parse(Buffer.from(raw, 'latin1').toString('utf8'));
  } catch {
    return undefined;
  }
}
