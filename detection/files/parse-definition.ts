// From a YAML item with a `macro` or a `list` key to what conditions may name.
import { isScalar } from 'yaml';
import type { ListDefinition, MacroDefinition } from '../compile/definitions.ts';
import { type DataFiles, dataLines } from '../data/data-files.ts';
import type { Literal } from '../language/condition.ts';
import { parseCondition } from '../language/parse-condition.ts';
import { problemAt } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
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

function readItems(item: YamlItem): readonly Literal[] {
  if (nodeOf(item, 'items') === undefined)
    item.problems.push(problemAt(spanOf(item, item.map), '"items" is missing', 'a list of values'));
  return (readSequence(item, 'items') ?? []).flatMap((node) => {
    if (!isScalar(node)) {
      item.problems.push(problemAt(spanOf(item, node), 'a list holds plain values only', 'text or a number'));
      return [];
    }
    const isQuoted = node.type?.startsWith('QUOTE') ?? false;
    return [{ text: scalarSource(item.yaml, node).text, isQuoted, span: spanOf(item, node) }];
  });
}

/** The lines of the file that `items_from` names; the file may be replaced without touching the rule. */
function readLines(item: YamlItem, name: string, data: DataFiles): readonly Literal[] {
  const file = data.get(name);
  const at = spanOf(item, nodeOf(item, 'items_from'));
  if (file === undefined)
    item.problems.push(
      problemAt(
        at,
        `there is no list "${name}"${didYouMean(name, data.keys())}`,
        'the name of a .txt file in the folder `lists` beside the rules, or in one given as --lists',
      ),
    );
  return file === undefined
    ? []
    : dataLines(file).map(({ text, span }) => ({ text, span, isQuoted: true, isDataLine: true }));
}

export function parseList(item: YamlItem, data: DataFiles): ListDefinition | undefined {
  rejectUnknownKeys(item, ['list', 'items', 'items_from', 'desc']);
  const name = readText(item, 'list') ?? '';
  const from = readText(item, 'items_from');
  const lines = from === undefined ? [] : readLines(item, from, data);
  const own = from !== undefined && nodeOf(item, 'items') === undefined ? [] : readItems(item);
  if (item.problems.length > 0) return undefined;
  const lineText = lines.map(({ text }) => `\n${text}`).join('');
  return {
    name,
    items: [...own, ...lines],
    text: `${itemText(item)}${lineText}`,
    span: spanOf(item, item.map),
  };
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
