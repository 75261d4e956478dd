// From rule files to rules that an engine can run, and to all mistakes in them.
import { createHash } from 'node:crypto';
import { type EventKind, nodeEventKinds, type RuleInfo } from '@yagura/contracts';
import { isUnknownField } from '../compile/bind-field.ts';
import { createDefinitions, type Definitions } from '../compile/definitions.ts';
import { necessaryValues } from '../compile/necessary-values.ts';
import type { OutputTemplate } from '../compile/output-template.ts';
import { expandMacro, typeCondition } from '../compile/type-condition.ts';
import {
  type BoundField,
  catalogueFields,
  readsOf,
  supportsSource,
  type TypedCondition,
  testsOf,
} from '../compile/typed-condition.ts';
import type { DataFiles } from '../data/data-files.ts';
import { eventTypes } from '../fields/evt.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { Span } from '../language/source-text.ts';
import { didYouMean } from '../language/suggestion.ts';
import type { Correlation } from '../state/correlation.ts';
import type { ParsedRule } from './parsed-item.ts';
import type { RuleFile } from './read-items.ts';
import { readShelf, type Shelf, type ShelvedRule } from './shelve-items.ts';
import { typeCorrelation } from './type-correlation.ts';
import { readBoolean, readText, spanOf } from './yaml-item.ts';

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
  /** What is no mistake, and yet worth a look: a rule that takes the place of another. */
  readonly notices: readonly RuleProblem[];
}

/** What became of one rule: it is loaded, or there are problems, or it asked to be left out. */
export interface RuleOutcome {
  readonly name: string;
  readonly at: Span;
  /** What its text says of it, also where the rest of the text is broken. */
  readonly isEnabled: boolean;
  readonly loaded?: LoadedRule;
  readonly problems: readonly RuleProblem[];
  /** Fields that are not known here, for which it asked to be left out. */
  readonly skipped?: readonly RuleProblem[];
}

export interface Outcomes {
  readonly rules: readonly RuleOutcome[];
  /** Mistakes that are no rule's own: of files, macros and lists. */
  readonly problems: readonly RuleProblem[];
  readonly notices: readonly RuleProblem[];
}

/** Fields of another source never hold; a rule that names one is a mistake. */
function checkSource(rule: ParsedRule, condition: TypedCondition, problems: RuleProblem[]): boolean {
  const alien = new Map(
    testsOf(condition).flatMap((test) =>
      readsOf(test)
        .flatMap(catalogueFields)
        .filter((bound) => !supportsSource(bound, rule.source))
        .map((bound) => [bound.key, { bound, test }] as const),
    ),
  );
  for (const { bound, test } of alien.values())
    problems.push(
      problemAt(
        test.span,
        `"${bound.key}" belongs to ${bound.field.sources.join(', ')}, and the rule "${rule.name}" has source ${rule.source}`,
        'a field of the same source',
      ),
    );
  return alien.size === 0;
}

function kindsOf(rule: ParsedRule, condition: TypedCondition): readonly EventKind[] {
  if (rule.source === 'k8s_audit') return ['api.requested'];
  const types = necessaryValues(condition, 'evt.type');
  return types === undefined ? nodeEventKinds : nodeEventKinds.filter((kind) => types.has(eventTypes[kind]));
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

/** A list of what is allowed says nothing before its first value: its rule is off till then. */
function waitsForList({ unlessEmpty }: ParsedRule, { lists, problems }: Shelf): boolean {
  if (unlessEmpty === undefined) return false;
  const { list: name, span } = unlessEmpty;
  const list = lists.get(name);
  if (list === undefined)
    problems.push(
      problemAt(span, `unknown list "${name}"${didYouMean(name, lists.keys())}`, 'the name of a list'),
    );
  return list === undefined || list.items.length === 0;
}

function ruleInfo(rule: ParsedRule, shelf: Shelf, uses: ReadonlySet<string>): RuleInfo {
  const { why, benign, respond, similarTo, needs, betterWith, onlyOn } = rule;
  return {
    id: rule.id,
    version: versionOf(rule, uses, shelf),
    name: rule.name,
    title: rule.title,
    source: rule.source,
    type: rule.correlation?.type ?? 'match',
    severity: rule.severity,
    enabled: rule.isEnabled && !waitsForList(rule, shelf),
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
    ...(betterWith === undefined ? {} : { betterWith: [...betterWith] }),
    ...(onlyOn === undefined ? {} : { onlyOn: [...onlyOn] }),
  };
}

function loadOne(rule: ParsedRule, definitions: Definitions, shelf: Shelf): LoadedRule | undefined {
  const gate = typeCondition(rule.condition, definitions);
  const typed = gate === undefined ? undefined : typeCorrelation(rule, gate, definitions);
  if (typed === undefined || !checkSource(rule, typed.condition, definitions.problems)) return undefined;
  const info = ruleInfo(rule, shelf, typed.uses);
  const { output, dedupe } = rule;
  const { condition, correlation } = typed;
  const loaded = { info, condition, output, dedupe, kinds: kindsOf(rule, condition) };
  return correlation === undefined ? loaded : { ...loaded, correlation };
}

function outcomeOf({ item, parsed }: ShelvedRule, definitions: Definitions, shelf: Shelf): RuleOutcome {
  const unheard = { ...item, problems: [] };
  const about = {
    name: readText(unheard, 'rule') ?? '',
    at: spanOf(item, item.map),
    isEnabled: parsed?.isEnabled ?? readBoolean(unheard, 'enabled') ?? true,
  };
  const problems = [...item.problems];
  if (parsed === undefined) return { ...about, problems };
  // Also where something is wrong already: who mends a rule wants to hear of all at once.
  const loaded = loadOne(parsed, { ...definitions, problems }, shelf);
  if (loaded !== undefined && item.problems.length === 0) return { ...about, loaded, problems };
  return parsed.mayBeUnknown && problems.every(isUnknownField)
    ? { ...about, problems: [], skipped: problems }
    : { ...about, problems };
}

/** A macro that is broken and that nothing uses does no harm: a file of Falco's may hold fields that only others need. */
function macroMistakes({ macroProblems, brokenUses }: Definitions): Pick<Outcomes, 'problems' | 'notices'> {
  const mistakes = [...macroProblems];
  const pick = (isUsed: boolean): readonly RuleProblem[] =>
    mistakes.filter(([name]) => brokenUses.has(name) === isUsed).flatMap(([, found]) => found);
  return { problems: pick(true), notices: pick(false) };
}

const noData: DataFiles = new Map();

/**
 * Macros and lists are shared by all files of one call. They may stand in any order, but what appends or overrides
 * stands behind what it changes. `data`: what `items_from` may name.
 */
export function readRules(files: readonly RuleFile[], data: DataFiles = noData): Outcomes {
  const shelf = readShelf(files, data);
  const definitions = createDefinitions(shelf.lists, shelf.macros);
  for (const name of shelf.macros.keys()) expandMacro(name, definitions);
  const rules = shelf.rules.map((rule) => outcomeOf(rule, definitions, shelf));
  const macros = macroMistakes(definitions);
  return {
    rules,
    problems: [...shelf.problems, ...definitions.problems, ...macros.problems],
    notices: [...shelf.notices, ...definitions.notices, ...macros.notices],
  };
}

export function loadRules(files: readonly RuleFile[], data: DataFiles = noData): LoadedRules {
  const { rules, problems, notices } = readRules(files, data);
  return {
    rules: rules.flatMap(({ loaded }) => (loaded === undefined ? [] : [loaded])),
    problems: [...problems, ...rules.flatMap((rule) => rule.problems)],
    notices,
  };
}
