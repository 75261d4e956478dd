// The `exceptions` of a rule: combinations of field values for which it stays silent.
import { isMap, isScalar, isSeq } from 'yaml';
import type { Comparison, Condition, Literal } from '../language/condition.ts';
import { isOperatorName, type OperatorName, operators } from '../language/operators.ts';
import { problemAt } from '../language/problem.ts';
import type { SourceText } from '../language/source-text.ts';
import {
  nodeOf,
  readSequence,
  readTexts,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';
import { scalarSource } from './yaml-source.ts';

interface Column {
  readonly field: SourceText;
  readonly operator: OperatorName;
}

const literalOf = (item: YamlItem, node: unknown): Literal | undefined =>
  isScalar(node)
    ? {
        text: scalarSource(item.yaml, node).text,
        isQuoted: node.type?.startsWith('QUOTE') ?? false,
        span: spanOf(item, node),
      }
    : undefined;

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
    if (isOperatorName(word)) return [{ field, operator: word }];
    const span = { source: comp ?? field, start: 0, end: 0 };
    item.problems.push(
      problemAt(span, `unknown operator "${word}"`, `one of ${Object.keys(operators).join(' ')}`),
    );
    return [];
  });
}

function comparison(item: YamlItem, column: Column, node: unknown): Comparison | undefined {
  const nodes = isSeq(node) ? node.items : [node];
  const values = nodes.map((entry) => literalOf(item, entry)).filter((value) => value !== undefined);
  const takesOne = operators[column.operator].takes === 'value';
  if (values.length !== nodes.length || (takesOne && values.length !== 1)) {
    item.problems.push(
      problemAt(
        spanOf(item, node),
        `no value for "${column.field.text}"`,
        takesOne ? 'one value' : 'a value or a list of values',
      ),
    );
    return undefined;
  }
  const [, name = '', argument] = /^([^[]*)(?:\[(.*)\])?$/.exec(column.field.text.trim()) ?? [];
  const field = {
    name,
    ...(argument === undefined ? {} : { argument }),
    span: { source: column.field, start: 0, end: 0 },
  };
  return {
    kind: 'comparison',
    field,
    operator: column.operator,
    values,
    isListName: false,
    span: spanOf(item, node),
  };
}

/** One row of `values`: all its columns must hold. */
function rowCondition(item: YamlItem, columns: readonly Column[], row: unknown): Condition | undefined {
  const cells = isSeq(row) ? row.items : [row];
  if (cells.length !== columns.length) {
    item.problems.push(
      problemAt(
        spanOf(item, row),
        `${cells.length} values for ${columns.length} fields`,
        'as many values as fields',
      ),
    );
    return undefined;
  }
  const parts = columns.map((column, index) => comparison(item, column, cells[index]));
  const whole = parts.filter((part) => part !== undefined);
  return whole.length === parts.length ? { kind: 'and', parts: whole } : undefined;
}

function exceptionCondition(item: YamlItem): Condition | undefined {
  rejectUnknownKeys(item, ['name', 'fields', 'comps', 'values']);
  requireSource(item, 'name', 'a name for the exception');
  const columns = columnsOf(item);
  const rows = readSequence(item, 'values') ?? [];
  const isColumnOfOne = isScalar(nodeOf(item, 'fields'));
  const conditions = isColumnOfOne
    ? [columns[0] === undefined || rows.length === 0 ? undefined : singleColumn(item, columns[0], rows)]
    : rows.map((row) => rowCondition(item, columns, row));
  const parts = conditions.filter((condition) => condition !== undefined);
  return parts.length === 0 ? undefined : { kind: 'or', parts };
}

/** With one field that takes lists, all values are one list; else each value is an alternative. */
function singleColumn(item: YamlItem, column: Column, rows: readonly unknown[]): Condition | undefined {
  if (operators[column.operator].takes === 'list') {
    const flat = rows.flatMap((row) => (isSeq(row) ? row.items : [row]));
    const [first] = flat;
    const values = flat.map((entry) => literalOf(item, entry)).filter((value) => value !== undefined);
    const base = comparison(item, column, first);
    return base === undefined ? undefined : { ...base, values };
  }
  const parts = rows.map((row) => comparison(item, column, row)).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : { kind: 'or', parts };
}

/** The condition, and not any of its exceptions. */
export function withExceptions(item: YamlItem, condition: Condition): Condition {
  const entries = readSequence(item, 'exceptions') ?? [];
  const exceptions = entries.flatMap((entry) => {
    if (!isMap(entry)) {
      item.problems.push(
        problemAt(spanOf(item, entry), 'this is no exception', 'a mapping with name, fields and values'),
      );
      return [];
    }
    const found = exceptionCondition({ ...item, map: entry });
    return found === undefined ? [] : [{ kind: 'not' as const, part: found }];
  });
  return exceptions.length === 0 ? condition : { kind: 'and', parts: [condition, ...exceptions] };
}
