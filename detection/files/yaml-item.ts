// Reads the keys of one YAML mapping with their types, and notes what is missing, of another type or unknown.
import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { joinSources, type SourceText, type Span } from '../language/source-text.ts';
import { didYouMean } from '../language/suggestion.ts';
import { nodeSpan, scalarSource, type YamlFile } from './yaml-source.ts';

export interface YamlItem {
  readonly yaml: YamlFile;
  readonly map: YAMLMap;
  readonly problems: RuleProblem[];
  /** What later items append to it or replace in it, in their order. */
  readonly patches?: readonly Patch[];
}

export interface Patch {
  readonly item: YamlItem;
  readonly keys: ReadonlyMap<string, 'append' | 'replace'>;
}

/** The items that say something of a key, patches included; those that were replaced are left out. */
export function layersOf(item: YamlItem, key: string): readonly YamlItem[] {
  let layers: YamlItem[] = findPair(item, key) === undefined ? [] : [item];
  for (const { item: patch, keys } of item.patches ?? []) {
    const mode = keys.get(key);
    if (mode === 'replace') layers = [patch];
    else if (mode === 'append') layers.push(patch);
  }
  return layers;
}

/** The item that has the last word on a key. */
const topOf = (item: YamlItem, key: string): YamlItem => layersOf(item, key).at(-1) ?? item;

const offsetOf = (node: unknown): number | undefined =>
  (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range?.[0];

export const spanOf = (item: Pick<YamlItem, 'yaml' | 'map'>, node: unknown): Span =>
  nodeSpan(item.yaml, offsetOf(node) ?? offsetOf(item.map) ?? 0);

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

export const findPair = (item: YamlItem, key: string): Pair | undefined =>
  item.map.items.find((pair) => keyOf(pair) === key);

export const nodeOf = (item: YamlItem, key: string): unknown =>
  findPair(topOf(item, key), key)?.value ?? undefined;

function wrongType(item: YamlItem, key: string, node: unknown, expected: string): undefined {
  item.problems.push(problemAt(spanOf(item, node), `"${key}" has a value of another type`, expected));
  return undefined;
}

export function readScalar(item: YamlItem, key: string): Scalar | undefined {
  const node = nodeOf(item, key);
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  return isScalar(node) ? node : wrongType(topOf(item, key), key, node, 'text');
}

/** What is appended stands behind what was there, with a blank between them. */
export function readSource(item: YamlItem, key: string): SourceText | undefined {
  const sources = layersOf(item, key).flatMap((layer) => {
    const scalar = readScalar({ ...layer, patches: [] }, key);
    return scalar === undefined ? [] : [scalarSource(layer.yaml, scalar)];
  });
  return sources.length === 0 ? undefined : sources.reduce(joinSources);
}

export const readText = (item: YamlItem, key: string): string | undefined =>
  readSource(item, key)?.text.trim();

/** The text, or a problem that says what the key is for. */
export function requireSource(item: YamlItem, key: string, expected: string): SourceText | undefined {
  const source = readSource(item, key);
  if (source === undefined && nodeOf(item, key) === undefined)
    item.problems.push(problemAt(spanOf(item, item.map), `"${key}" is missing`, expected));
  else if (source?.text.trim() === '')
    item.problems.push(problemAt(spanOf(item, nodeOf(item, key)), `"${key}" is empty`, expected));
  return source?.text.trim() === '' ? undefined : source;
}

export function readBoolean(item: YamlItem, key: string): boolean | undefined {
  const scalar = readScalar(item, key);
  if (scalar === undefined) return undefined;
  return typeof scalar.value === 'boolean'
    ? scalar.value
    : wrongType(topOf(item, key), key, scalar, 'true or false');
}

export function readSequence(item: YamlItem, key: string): readonly unknown[] | undefined {
  const node = nodeOf(item, key);
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  return isSeq(node) ? node.items : wrongType(topOf(item, key), key, node, 'a list');
}

/** A list of texts; one text alone counts as a list of one. What is appended comes last. */
export function readTexts(item: YamlItem, key: string): readonly SourceText[] | undefined {
  const found = layersOf(item, key).map((layer) => readOwnTexts({ ...layer, patches: [] }, key));
  const known = found.filter((texts) => texts !== undefined);
  return known.length === 0 ? undefined : known.flat();
}

function readOwnTexts(item: YamlItem, key: string): readonly SourceText[] | undefined {
  const node = nodeOf(item, key);
  if (isScalar(node) && node.value !== null) return [scalarSource(item.yaml, node)];
  return readSequence(item, key)?.flatMap((entry) => {
    if (isScalar(entry)) return [scalarSource(item.yaml, entry)];
    wrongType(item, key, entry, 'a list of texts');
    return [];
  });
}

export function readItem(item: YamlItem, key: string): YamlItem | undefined {
  const node = nodeOf(item, key);
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  const { yaml, problems } = topOf(item, key);
  return isMap(node) ? { yaml, problems, map: node } : wrongType(topOf(item, key), key, node, 'a mapping');
}

/** Unknown keys of one item that are told. */
const unknownKeyLimit = 50;

export function rejectUnknownKeys(item: YamlItem, known: readonly string[]): void {
  const unknown = item.map.items.filter((pair) => !known.includes(keyOf(pair)));
  for (const pair of unknown.slice(0, unknownKeyLimit)) {
    const key = keyOf(pair);
    item.problems.push(
      problemAt(
        spanOf(item, pair.key),
        `unknown key "${key}"${didYouMean(key, known)}`,
        `one of ${known.join(', ')}`,
      ),
    );
  }
}
