// Loads rule files together: what is sound becomes rules, what is not becomes problems with their places.
import { createHash } from 'node:crypto';
import type { EventKind, RuleInfo } from '@yagura/contracts';
import type { Definitions, ListDefinition, MacroDefinition } from '../compile/definitions.ts';
import { necessaryValues } from '../compile/necessary-values.ts';
import type { OutputTemplate } from '../compile/output-template.ts';
import { expandMacro, typeCondition } from '../compile/type-condition.ts';
import { type BoundField, supportsSource, type TypedCondition } from '../compile/typed-condition.ts';
import type { DataFiles } from '../data/data-files.ts';
import { eventTypes } from '../fields/evt.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { Correlation } from '../state/correlation.ts';
import { parseList, parseMacro } from './parse-definition.ts';
import { parseRule } from './parse-rule.ts';
import type { ParsedRule } from './parsed-item.ts';
import { type RuleFile, readItems } from './read-items.ts';
import { typeCorrelation } from './type-correlation.ts';
import { findPair, nodeOf, readText, spanOf, type YamlItem } from './yaml-item.ts';

/** A rule that an engine can run. */
export interface LoadedRule {
  readonly info: RuleInfo;
  readonly condition: TypedCondition;
  readonly output: OutputTemplate;
  /** Fields that make two events the same alert; none: the default of the source. */
  readonly dedupe: readonly BoundField[];
  readonly kinds: readonly EventKind[];
  /** What the rule remembers between events; of a `match`: nothing. */
  readonly correlation?: Correlation;
}

export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
}

interface Shelf {
  readonly lists: Map<string, ListDefinition>;
  readonly macros: Map<string, MacroDefinition | 'broken'>;
  readonly rules: ParsedRule[];
  readonly names: Map<string, RuleProblem>;
  readonly problems: RuleProblem[];
  readonly data: DataFiles;
}

/** False when something of that kind and name was there before. */
function claim(
  shelf: Shelf,
  item: YamlItem,
  what: 'rule' | 'macro' | 'list' | 'rule id',
  name: string,
): boolean {
  const here = problemAt(
    spanOf(item, what === 'rule id' ? nodeOf(item, 'id') : nodeOf(item, what)),
    `duplicate ${what} "${name}"`,
  );
  const before = shelf.names.get(`${what} ${name}`);
  if (before === undefined) {
    shelf.names.set(`${what} ${name}`, here);
    return true;
  }
  item.problems.push({ ...here, expected: `another name: it is taken in ${before.file}:${before.line}` });
  return false;
}

function shelveRule(shelf: Shelf, item: YamlItem): void {
  const rule = parseRule(item);
  const isNew = claim(shelf, item, 'rule', readText(item, 'rule') ?? '');
  const hasNewId = rule === undefined || claim(shelf, item, 'rule id', rule.id);
  if (rule !== undefined && isNew && hasNewId && item.problems.length === 0) shelf.rules.push(rule);
}

function shelve(shelf: Shelf, item: YamlItem): void {
  const has = (key: string): boolean => findPair(item, key) !== undefined;
  if (has('rule')) shelveRule(shelf, item);
  else if (has('macro')) {
    const name = readText(item, 'macro') ?? '';
    if (claim(shelf, item, 'macro', name)) shelf.macros.set(name, parseMacro(item) ?? 'broken');
  } else if (has('list')) {
    const name = readText(item, 'list') ?? '';
    const list = parseList(item, shelf.data);
    if (claim(shelf, item, 'list', name) && list !== undefined) shelf.lists.set(name, list);
  } else if (!has('required_engine_version') && !has('required_plugin_versions'))
    item.problems.push(
      problemAt(spanOf(item, item.map), 'this is no rule', 'a mapping with `rule`, `macro` or `list`'),
    );
  shelf.problems.push(...item.problems);
}

function testsOf(condition: TypedCondition): readonly Extract<TypedCondition, { kind: 'test' }>[] {
  if (condition.kind === 'test') return [condition];
  return condition.kind === 'not' ? testsOf(condition.part) : condition.parts.flatMap(testsOf);
}

/** Fields of another source never hold; a rule that names one is a mistake. */
function checkSource(rule: ParsedRule, condition: TypedCondition, problems: RuleProblem[]): boolean {
  const alien = new Map(
    testsOf(condition)
      .filter(({ bound }) => !supportsSource(bound, rule.source))
      .map((test) => [test.bound.key, test]),
  );
  for (const test of alien.values())
    problems.push(
      problemAt(
        test.span,
        `"${test.bound.key}" belongs to ${test.bound.field.sources.join(', ')}, and the rule "${rule.name}" has source ${rule.source}`,
        'a field of the same source',
      ),
    );
  return alien.size === 0;
}

function kindsOf(rule: ParsedRule, condition: TypedCondition): readonly EventKind[] {
  if (rule.source === 'k8s_audit') return ['api.requested'];
  const types = necessaryValues(condition, 'evt.type');
  const kinds: readonly EventKind[] = ['process.started', 'process.exited'];
  return types === undefined ? kinds : kinds.filter((kind) => types.has(eventTypes[kind]));
}

function versionOf(rule: ParsedRule, uses: ReadonlySet<string>, shelf: Shelf): string {
  const hash = createHash('sha256').update(rule.text);
  for (const use of [...uses].sort()) {
    const [what, name = ''] = [use.slice(0, 5).trim(), use.slice(use.indexOf(' ') + 1)];
    const macro = shelf.macros.get(name);
    hash.update(
      what === 'list'
        ? (shelf.lists.get(name)?.text ?? '')
        : macro === undefined || macro === 'broken'
          ? ''
          : macro.text,
    );
  }
  return hash.digest('hex').slice(0, 12);
}

function ruleInfo(rule: ParsedRule, version: string): RuleInfo {
  const { why, benign, respond, similarTo, needs } = rule;
  return {
    id: rule.id,
    version,
    name: rule.name,
    title: rule.title,
    source: rule.source,
    type: rule.correlation?.type ?? 'match',
    severity: rule.severity,
    enabled: rule.isEnabled,
    tactics: [...rule.tactics],
    techniques: [...rule.techniques],
    condition: rule.conditionText,
    text: rule.text,
    file: rule.span.source.file,
    ...(why === undefined ? {} : { why }),
    ...(benign === undefined ? {} : { benign: [...benign] }),
    ...(respond === undefined ? {} : { respond: [...respond] }),
    ...(similarTo === undefined ? {} : { similarTo: [...similarTo] }),
    ...(needs === undefined ? {} : { needs: [...needs] }),
  };
}

const noData: DataFiles = new Map();

const emptyShelf = (data: DataFiles): Shelf => ({
  lists: new Map(),
  macros: new Map(),
  rules: [],
  names: new Map(),
  problems: [],
  data,
});

/** Macros and lists are shared by all files of one call, whatever their order. `data`: what `items_from` may name. */
export function loadRules(files: readonly RuleFile[], data: DataFiles = noData): LoadedRules {
  const shelf = emptyShelf(data);
  for (const file of files) {
    const { items, problems } = readItems(file);
    shelf.problems.push(...problems);
    for (const item of items) shelve(shelf, item);
  }
  const { lists, macros, problems } = shelf;
  const definitions: Definitions = { lists, macros, expanded: new Map(), problems };
  for (const name of macros.keys()) expandMacro(name, definitions);
  const rules = shelf.rules.flatMap((rule): LoadedRule[] => {
    const gate = typeCondition(rule.condition, definitions);
    const typed = gate === undefined ? undefined : typeCorrelation(rule, gate, definitions);
    if (typed === undefined || !checkSource(rule, typed.condition, problems)) return [];
    const info = ruleInfo(rule, versionOf(rule, typed.uses, shelf));
    const { output, dedupe } = rule;
    const { condition, correlation } = typed;
    const loaded = { info, condition, output, dedupe, kinds: kindsOf(rule, condition) };
    return [correlation === undefined ? loaded : { ...loaded, correlation }];
  });
  return { rules, problems };
}
