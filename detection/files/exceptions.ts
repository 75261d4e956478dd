// The `exceptions` of a rule: combinations of field values for which it stays silent.
import { isMap, isScalar, isSeq } from 'yaml';
import { parseWholeExtraction } from '../compile/bind-extraction.ts';
import type { Comparison, Condition, Extraction, Literal } from '../language/condition.ts';
import { isOperatorName, type OperatorName, operators } from '../language/operators.ts';
import { isListText, parseList } from '../language/parse-list.ts';
import { problemAt } from '../language/problem.ts';
import { literalOf } from './parse-definition.ts';
import {
  findPair,
  layersOf,
  nodeOf,
  readSequence,
  readText,
  readTexts,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';
import { scalarSource } from './yaml-source.ts';

interface Column {
  readonly left: Extraction;
  readonly operator: OperatorName;
}

interface Row {
  readonly item: YamlItem;
  readonly node: unknown;
}

/** An exception with its own rows and those that later items append. */
interface Entry {
  readonly item: YamlItem;
  readonly rows: Row[];
}

function columnsOf(item: YamlItem): readonly Column[] {
  const isSingle = isScalar(nodeOf(item, 'fields'));
  const fields = readTexts(item, 'fields') ?? [];
  const comps = readTexts(item, 'comps') ?? [];
  if (fields.length === 0)
    item.problems.push(
      problemAt(spanOf(item, item.map), '"fields" is missing', 'a field or a list of fields'),
    );
  if (comps.length > 0 && comps.length !== fields.length)
    item.problems.push(
      problemAt(
        spanOf(item, nodeOf(item, 'comps')),
        `${comps.length} comparisons for ${fields.length} fields`,
        'as many comparisons as fields',
      ),
    );
  return fields.flatMap((field, index) => {
    const comp = comps[index];
    const word = comp?.text ?? (isSingle ? 'in' : '=');
    const left = parseWholeExtraction(field, item.problems);
    if (isOperatorName(word)) return left === undefined ? [] : [{ left, operator: word }];
    const span = { source: comp ?? field, start: 0, end: 0 };
    item.problems.push(
      problemAt(span, `unknown operator "${word}"`, `one of ${Object.keys(operators).join(' ')}`),
    );
    return [];
  });
}

/** Undefined where a value is none; what is written as `(a, b)` is a list too. */
function cellValues({ item, node }: Row, takesList: boolean): readonly Literal[] | undefined {
  if (takesList && isScalar(node)) {
    const source = scalarSource(item.yaml, node);
    if (isListText(source.text)) return parseList(source, item.problems);
  }
  const nodes = isSeq(node) ? node.items : [node];
  const values = nodes.map((entry) => literalOf(item, entry)).filter((value) => value !== undefined);
  return values.length === nodes.length ? values : undefined;
}

function comparison(row: Row, column: Column): Comparison | undefined {
  const { item, node } = row;
  const takesOne = operators[column.operator].takes === 'value';
  const values = cellValues(row, !takesOne);
  if (values === undefined || (takesOne && values.length !== 1)) {
    item.problems.push(
      problemAt(
        spanOf(item, node),
        `no value for \`${column.operator}\``,
        takesOne ? 'one value' : 'a value or a list of values',
      ),
    );
    return undefined;
  }
  return { kind: 'comparison', ...column, values, isListName: false, span: spanOf(item, node) };
}

/** One row of `values`: all its columns must hold. */
function rowCondition({ item, node }: Row, columns: readonly Column[]): Condition | undefined {
  const cells = isSeq(node) ? node.items : [node];
  if (cells.length !== columns.length) {
    item.problems.push(
      problemAt(
        spanOf(item, node),
        `${cells.length} values for ${columns.length} fields`,
        'as many values as fields',
      ),
    );
    return undefined;
  }
  const parts = columns.map((column, index) => comparison({ item, node: cells[index] }, column));
  const whole = parts.filter((part) => part !== undefined);
  return whole.length === parts.length ? { kind: 'and', parts: whole } : undefined;
}

function exceptionCondition({ item, rows }: Entry): Condition | undefined {
  rejectUnknownKeys(item, ['name', 'fields', 'comps', 'values']);
  requireSource(item, 'name', 'a name for the exception');
  const columns = columnsOf(item);
  const [first] = columns;
  const conditions = isScalar(nodeOf(item, 'fields'))
    ? [first === undefined || rows.length === 0 ? undefined : singleColumn(first, rows)]
    : rows.map((row) => rowCondition(row, columns));
  const parts = conditions.filter((condition) => condition !== undefined);
  return parts.length === 0 ? undefined : { kind: 'or', parts };
}

/** With one field that takes lists, all values are one list; else each value is an alternative. */
function singleColumn(column: Column, rows: readonly Row[]): Condition | undefined {
  const parts = rows.map((row) => comparison(row, column)).filter((part) => part !== undefined);
  const [first] = parts;
  if (first === undefined) return undefined;
  return operators[column.operator].takes === 'list'
    ? { ...first, values: parts.flatMap(({ values }) => values) }
    : { kind: 'or', parts };
}

const rowsOf = (item: YamlItem): Row[] =>
  (readSequence(item, 'values') ?? []).map((node) => ({ item, node }));

/** Values of an exception that is there already; its fields are not to be said again. */
function appendRows(entry: Entry, item: YamlItem): void {
  rejectUnknownKeys(item, ['name', 'values']);
  entry.rows.push(...rowsOf(item));
}

function entriesOf(rule: YamlItem): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const layer of layersOf(rule, 'exceptions')) {
    const known = new Set(entries.keys());
    for (const node of readSequence({ ...layer, patches: [] }, 'exceptions') ?? []) {
      if (!isMap(node)) {
        layer.problems.push(
          problemAt(spanOf(layer, node), 'this is no exception', 'a mapping with name, fields and values'),
        );
        continue;
      }
      const item: YamlItem = { yaml: layer.yaml, problems: layer.problems, map: node };
      const name = readText({ ...item, problems: [] }, 'name') ?? '';
      const earlier = entries.get(name);
      if (earlier === undefined) entries.set(name, { item, rows: rowsOf(item) });
      else if (known.has(name)) appendRows(earlier, item);
      else
        item.problems.push(
          problemAt(spanOf(item, findPair(item, 'name')?.value), `two exceptions "${name}"`, 'another name'),
        );
    }
  }
  return [...entries.values()];
}

/** The condition, and not any of its exceptions. */
export function withExceptions(item: YamlItem, condition: Condition): Condition {
  const exceptions = entriesOf(item).flatMap((entry) => {
    const found = exceptionCondition(entry);
    return found === undefined ? [] : [{ kind: 'not' as const, part: found }];
  });
  return exceptions.length === 0 ? condition : { kind: 'and', parts: [condition, ...exceptions] };
}
