// From a YAML item with a `macro` or a `list` key to what conditions may name.
import { isScalar } from 'yaml';
import type { ListDefinition, MacroDefinition } from '../compile/definitions.ts';
import { parseCondition } from '../language/parse-condition.ts';
import { problemAt } from '../language/problem.ts';
import { itemText } from './read-items.ts';
import {
  nodeOf,
  readSequence,
  readText,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';
import { scalarSource } from './yaml-source.ts';

export function parseList(item: YamlItem): ListDefinition | undefined {
  rejectUnknownKeys(item, ['list', 'items', 'desc']);
  const name = readText(item, 'list') ?? '';
  if (nodeOf(item, 'items') === undefined)
    item.problems.push(problemAt(spanOf(item, item.map), '"items" is missing', 'a list of values'));
  const items = (readSequence(item, 'items') ?? []).flatMap((node) => {
    if (!isScalar(node)) {
      item.problems.push(problemAt(spanOf(item, node), 'a list holds plain values only', 'text or a number'));
      return [];
    }
    const isQuoted = node.type?.startsWith('QUOTE') ?? false;
    return [{ text: scalarSource(item.yaml, node).text, isQuoted, span: spanOf(item, node) }];
  });
  if (item.problems.length > 0) return undefined;
  return { name, items, text: itemText(item), span: spanOf(item, item.map) };
}

export function parseMacro(item: YamlItem): MacroDefinition | undefined {
  rejectUnknownKeys(item, ['macro', 'condition', 'desc']);
  const name = readText(item, 'macro') ?? '';
  const source = requireSource(item, 'condition', 'a condition');
  const parsed = source === undefined ? undefined : parseCondition(source);
  if (parsed !== undefined && !parsed.ok) item.problems.push(parsed.problem);
  if (item.problems.length > 0 || parsed === undefined || !parsed.ok) return undefined;
  return { name, condition: parsed.condition, text: itemText(item), span: spanOf(item, item.map) };
}
