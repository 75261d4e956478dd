// Sorts the items of rule files: lists and macros by name, rules in their order.
import type { ListDefinition, MacroDefinition } from '../compile/definitions.ts';
import type { DataFiles } from '../data/data-files.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { parseList, parseMacro } from './parse-definition.ts';
import { parseRule } from './parse-rule.ts';
import type { ParsedRule } from './parsed-item.ts';
import { type RuleFile, readItems } from './read-items.ts';
import { readRequirement } from './requirement.ts';
import { kindOf, stackItems } from './stack-items.ts';
import { nodeOf, readText, spanOf, type YamlItem } from './yaml-item.ts';

export interface ShelvedRule {
  readonly item: YamlItem;
  readonly parsed: ParsedRule | undefined;
}

export interface Shelf {
  readonly lists: Map<string, ListDefinition>;
  readonly macros: Map<string, MacroDefinition | 'broken'>;
  readonly rules: ShelvedRule[];
  /** Rules by their ids, which alerts are told apart by. */
  readonly ids: Map<string, ParsedRule>;
  readonly problems: RuleProblem[];
  readonly notices: RuleProblem[];
  readonly data: DataFiles;
}

/** Rules that are named apart may still have one id, of which their alerts would be told as one. */
function claimId(shelf: Shelf, item: YamlItem, rule: ParsedRule): void {
  const taken = shelf.ids.get(rule.id);
  if (taken === undefined) {
    shelf.ids.set(rule.id, rule);
    return;
  }
  const other = problemAt(taken.span, '');
  const message = `duplicate rule id "${rule.id}"`;
  const at = nodeOf(item, 'id') === undefined ? rule.span : spanOf(item, nodeOf(item, 'id'));
  item.problems.push(problemAt(at, message, `another id: it is taken in ${other.file}:${other.line}`));
}

function shelveRule(shelf: Shelf, item: YamlItem): void {
  const parsed = parseRule(item);
  if (parsed !== undefined) claimId(shelf, item, parsed);
  shelf.rules.push({ item, parsed });
}

function shelveOther(shelf: Shelf, item: YamlItem): void {
  if (readRequirement(item, shelf.notices)) return;
  item.problems.push(
    problemAt(spanOf(item, item.map), 'this is no rule', 'a mapping with `rule`, `macro` or `list`'),
  );
}

function shelve(shelf: Shelf, item: YamlItem): void {
  const kind = kindOf(item);
  const name = kind === undefined ? '' : (readText(item, kind) ?? '');
  if (kind === 'rule') shelveRule(shelf, item);
  else if (kind === 'macro') shelf.macros.set(name, parseMacro(item) ?? 'broken');
  else if (kind === 'list') {
    const list = parseList(item, shelf.data);
    if (list !== undefined) shelf.lists.set(name, list);
  } else shelveOther(shelf, item);
  if (kind !== 'rule') shelf.problems.push(...item.problems);
}

export function readShelf(files: readonly RuleFile[], data: DataFiles): Shelf {
  const read = files.map(readItems);
  const stacked = stackItems(read.flatMap(({ items }) => items));
  const shelf: Shelf = {
    lists: new Map(),
    macros: new Map(),
    rules: [],
    ids: new Map(),
    problems: [...read.flatMap(({ problems }) => problems), ...stacked.problems],
    notices: [...stacked.notices],
    data,
  };
  for (const item of stacked.items) shelve(shelf, item);
  return shelf;
}
