// Reads fields of an untrusted record by type, and remembers whether anything had to be cut or left out.
import { auditLimits } from './limits.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface FieldReader {
  /** A non-empty string, cut at `maxChars`. */
  text(from: JsonObject, key: string, maxChars?: number): string | undefined;
  /** A list of strings; a single string counts as a list of one. */
  texts(from: JsonObject, key: string, maxItems: number): readonly string[] | undefined;
  /** An object, or a string that holds a JSON object: some log pipelines stringify what is nested. */
  object(from: JsonObject, key: string): JsonObject | undefined;
  integer(from: JsonObject, key: string): number | undefined;
  /** Say that something of the record was lost. */
  lose(): undefined;
  readonly lost: boolean;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For keys that are written in the code, which no prototype has, or that were found in the object: so it is its own. */
export const own = (from: JsonObject, key: string): unknown => from[key] ?? undefined;

/** The object that a string of JSON holds, `undefined` when it holds none or is too long to be looked at. */
export function parseNested(text: string): JsonObject | undefined {
  if (text.length > auditLimits.bodyChars || !text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const integerOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

class RecordFieldReader implements FieldReader {
  lost = false;

  lose(): undefined {
    this.lost = true;
    return undefined;
  }

  text(from: JsonObject, key: string, maxChars: number = auditLimits.shortTextChars): string | undefined {
    const value = own(from, key);
    if (value === undefined || value === '') return undefined;
    return typeof value === 'string' ? this.#cut(value, maxChars) : this.lose();
  }

  texts(from: JsonObject, key: string, maxItems: number): readonly string[] | undefined {
    const value = own(from, key);
    if (value === undefined) return undefined;
    const list: unknown = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list)) return this.lose();
    // As nearly all are: nothing is cut, and nothing has to be copied.
    if (list.length <= maxItems && list.every(isShortText)) return list;
    const kept = list.slice(0, maxItems).filter((item) => typeof item === 'string');
    if (kept.length < list.length) this.lose();
    return kept.map((item) => this.#cut(item, auditLimits.shortTextChars));
  }

  object(from: JsonObject, key: string): JsonObject | undefined {
    const value = own(from, key);
    if (value === undefined) return undefined;
    if (isObject(value)) return value;
    return (typeof value === 'string' ? parseNested(value) : undefined) ?? this.lose();
  }

  integer(from: JsonObject, key: string): number | undefined {
    const value = own(from, key);
    return value === undefined ? undefined : (integerOf(value) ?? this.lose());
  }

  #cut(value: string, maxChars: number): string {
    if (value.length <= maxChars) return value;
    this.lost = true;
    return value.slice(0, maxChars);
  }
}

const isShortText = (item: unknown): item is string =>
  typeof item === 'string' && item.length <= auditLimits.shortTextChars;

export const createFieldReader = (): FieldReader => new RecordFieldReader();
