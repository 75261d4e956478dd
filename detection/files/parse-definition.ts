// From a YAML item with a `macro` or a `list` key to what conditions may name.
import { isScalar } from 'yaml';
import type { ListDefinition, MacroDefinition } from '../compile/definitions.ts';
import { type DataFiles, dataLines } from '../data/data-files.ts';
import type { Literal } from '../language/condition.ts';
import { parseCondition } from '../language/parse-condition.ts';
import { problemAt } from '../language/problem.ts';
import { unwrapQuotes } from '../language/quoted-text.ts';
import { didYouMean } from '../language/suggestion.ts';
import { itemText } from './read-items.ts';
import { listKeys, macroKeys } from './rule-keys.ts';
import {
  layersOf,
  nodeOf,
  readSequence,
  readText,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';
import { scalarSource } from './yaml-source.ts';

/** Quotes that YAML left inside an item belong to the value's own text, as in Falco. */
export function literalOf(item: YamlItem, node: unknown): Literal | undefined {
  if (!isScalar(node)) return undefined;
  const { text } = scalarSource(item.yaml, node);
  const inner = unwrapQuotes(text);
  const isQuoted = inner !== undefined || (node.type?.startsWith('QUOTE') ?? false);
  return { text: inner ?? text, isQuoted, span: spanOf(item, node) };
}

const readListItems = (layer: YamlItem): readonly Literal[] =>
  (readSequence({ ...layer, patches: [] }, 'items') ?? []).flatMap((node) => {
    const literal = literalOf(layer, node);
    if (literal !== undefined) return [literal];
    layer.problems.push(problemAt(spanOf(layer, node), 'a list holds plain values only', 'text or a number'));
    return [];
  });

function readItems(item: YamlItem): readonly Literal[] {
  if (nodeOf(item, 'items') === undefined)
    item.problems.push(problemAt(spanOf(item, item.map), '"items" is missing', 'a list of values'));
  return layersOf(item, 'items').flatMap(readListItems);
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
    : Array.from(dataLines(file), ({ text, span }) => ({ text, span, isQuoted: true, isDataLine: true }));
}

export function parseList(item: YamlItem, data: DataFiles): ListDefinition | undefined {
  rejectUnknownKeys(item, listKeys);
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
  rejectUnknownKeys(item, macroKeys);
  const name = readText(item, 'macro') ?? '';
  const source = requireSource(item, 'condition', 'a condition');
  const parsed = source === undefined ? undefined : parseCondition(source);
  if (parsed !== undefined && !parsed.ok) item.problems.push(parsed.problem);
  if (item.problems.length > 0 || parsed === undefined || !parsed.ok) return undefined;
  return { name, condition: parsed.condition, text: itemText(item), span: spanOf(item, item.map) };
}
