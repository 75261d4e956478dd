// Reads the keys of one YAML mapping with their types, and notes what is missing, of another type or unknown.
import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { SourceText, Span } from '../language/source-text.ts';
import { didYouMean } from '../language/suggestion.ts';
import { nodeSpan, scalarSource, type YamlFile } from './yaml-source.ts';

export interface YamlItem {
  readonly yaml: YamlFile;
  readonly map: YAMLMap;
  readonly problems: RuleProblem[];
}

const offsetOf = (node: unknown): number | undefined =>
  (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range?.[0];

export const spanOf = (item: Pick<YamlItem, 'yaml' | 'map'>, node: unknown): Span =>
  nodeSpan(item.yaml, offsetOf(node) ?? offsetOf(item.map) ?? 0);

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

export const findPair = (item: YamlItem, key: string): Pair | undefined =>
  item.map.items.find((pair) => keyOf(pair) === key);

export const nodeOf = (item: YamlItem, key: string): unknown => findPair(item, key)?.value ?? undefined;

function wrongType(item: YamlItem, key: string, node: unknown, expected: string): undefined {
  item.problems.push(problemAt(spanOf(item, node), `"${key}" has a value of another type`, expected));
  return undefined;
}

export function readScalar(item: YamlItem, key: string): Scalar | undefined {
  const node = nodeOf(item, key);
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  return isScalar(node) ? node : wrongType(item, key, node, 'text');
}

export function readSource(item: YamlItem, key: string): SourceText | undefined {
  const scalar = readScalar(item, key);
  return scalar === undefined ? undefined : scalarSource(item.yaml, scalar);
}

export const readText = (item: YamlItem, key: string): string | undefined =>
  readSource(item, key)?.text.trim();

/** The text, or a problem that says what the key is for. */
export function requireSource(item: YamlItem, key: string, expected: string): SourceText | undefined {
  const source = readSource(item, key);
  if (source === undefined && findPair(item, key)?.value === undefined)
    item.problems.push(problemAt(spanOf(item, item.map), `"${key}" is missing`, expected));
  else if (source?.text.trim() === '')
    item.problems.push(problemAt(spanOf(item, nodeOf(item, key)), `"${key}" is empty`, expected));
  return source?.text.trim() === '' ? undefined : source;
}

export function readBoolean(item: YamlItem, key: string): boolean | undefined {
  const scalar = readScalar(item, key);
  if (scalar === undefined) return undefined;
  return typeof scalar.value === 'boolean' ? scalar.value : wrongType(item, key, scalar, 'true or false');
}

export function readSequence(item: YamlItem, key: string): readonly unknown[] | undefined {
  const node = nodeOf(item, key);
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  return isSeq(node) ? node.items : wrongType(item, key, node, 'a list');
}

/** A list of texts; one text alone counts as a list of one. */
export function readTexts(item: YamlItem, key: string): readonly SourceText[] | undefined {
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
  return isMap(node) ? { ...item, map: node } : wrongType(item, key, node, 'a mapping');
}

export function rejectUnknownKeys(item: YamlItem, known: readonly string[]): void {
  for (const pair of item.map.items) {
    const key = keyOf(pair);
    if (known.includes(key)) continue;
    item.problems.push(
      problemAt(
        spanOf(item, pair.key),
        `unknown key "${key}"${didYouMean(key, known)}`,
        `one of ${known.join(', ')}`,
      ),
    );
  }
}
