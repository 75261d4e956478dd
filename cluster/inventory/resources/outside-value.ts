// Reads values out of objects as the API server sends them, cut to what a record may hold.

export type Outside = unknown;

export function at(value: Outside, ...path: readonly string[]): Outside {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

export const text = (value: Outside, maxLength = 253): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, maxLength) : undefined;

export const list = (value: Outside): readonly Outside[] => (Array.isArray(value) ? value : []);

export const integer = (value: Outside): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

export const texts = (value: Outside, maxItems: number, maxLength = 253): string[] =>
  list(value)
    .slice(0, maxItems)
    .flatMap((one) => text(one, maxLength) ?? []);

const maxLabels = 32;

/** In the order of their names, so that the same ones are the same text. */
export function labels(value: Outside): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, maxLabels)
    .map(([name, one]) => [name.slice(0, 317), one.slice(0, 63)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Without keys whose value is missing, as optional properties want it. */
export function defined<T extends object>(wanted: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  for (const key in wanted) if (wanted[key] !== undefined) kept[key] = wanted[key];
  return kept as T;
}

/** `undefined` for an empty list, which says no more than none. */
export const some = <T>(values: readonly T[]): T[] | undefined =>
  values.length === 0 ? undefined : [...values];
