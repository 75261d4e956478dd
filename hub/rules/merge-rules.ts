// Puts the rules of all sources together: ids are unique, and only what says so stands in for another rule.
import type { HubRule, StoredRuleFile } from '@yagura/contracts';
import { formatProblem, type LoadedRule, noticeOf, takenIdMessage } from '@yagura/detection';
import type { RuleSwitches } from '../store/rule-switches.ts';
import type { CompiledRule, CompiledSource } from './compile-source.ts';
import { nameOfHubFile } from './rule-source.ts';

/** A rule as it runs, and what is said of it beside its text. */
export interface LiveRule {
  readonly loaded: LoadedRule;
  readonly facts: Pick<HubRule, 'origin' | 'ruleFile' | 'overrides' | 'stale' | 'notice' | 'switch'>;
}

export interface MergedRules {
  readonly rules: readonly LiveRule[];
  /** One line each, with file and line where there is one. */
  readonly problems: readonly string[];
  /** The same of what is no mistake, and yet worth a look. */
  readonly notices: readonly string[];
}

export interface MergeOptions {
  readonly files: readonly Pick<StoredRuleFile, 'name' | 'overrides'>[];
  readonly switches: RuleSwitches;
}

function factsOf(
  { origin }: CompiledSource,
  { loaded, stale }: CompiledRule,
  switches: RuleSwitches,
): LiveRule['facts'] {
  const turned = switches.get(loaded.info.id);
  const notice = noticeOf(loaded);
  return {
    origin,
    ...(origin === 'hub' ? { ruleFile: nameOfHubFile(loaded.info.file) } : {}),
    ...(stale === undefined ? {} : { stale }),
    ...(notice === undefined ? {} : { notice }),
    ...(turned === undefined ? {} : { switch: turned }),
  };
}

const turned = (loaded: LoadedRule, enabled: boolean | undefined): LoadedRule =>
  enabled === undefined || enabled === loaded.info.enabled
    ? loaded
    : { ...loaded, info: { ...loaded.info, enabled } };

/** In the order of the sources: built-in, folders, hub. */
export function mergeRules(
  sources: readonly CompiledSource[],
  { files, switches }: MergeOptions,
): MergedRules {
  const overrides = new Map(files.map(({ name, overrides: ids }) => [name, new Set(ids)]));
  const rules = new Map<string, LiveRule>();
  const problems: string[] = [];
  for (const source of sources) {
    if (source.missing !== undefined) problems.push(source.missing);
    problems.push(...source.problems.map(formatProblem));
    for (const rule of source.rules) {
      const { id } = rule.loaded.info;
      const facts = factsOf(source, rule, switches);
      const other = rules.get(id);
      const mayOverride = overrides.get(facts.ruleFile ?? '')?.has(id) ?? false;
      if (other !== undefined && !mayOverride) {
        const owner = other.facts.origin === 'builtin' ? 'a built-in rule' : other.loaded.info.file;
        problems.push(takenIdMessage(rule.loaded, owner));
        continue;
      }
      rules.set(id, {
        loaded: turned(rule.loaded, facts.switch?.enabled),
        facts: other === undefined ? facts : { ...facts, overrides: true },
      });
    }
  }
  return { rules: [...rules.values()], problems, notices: noticesOf(sources, [...rules.values()]) };
}

const noticesOf = (sources: readonly CompiledSource[], rules: readonly LiveRule[]): readonly string[] => [
  ...sources.flatMap((source) => source.notices.map(formatProblem)),
  ...rules.flatMap(({ loaded: { info }, facts: { notice } }) =>
    notice === undefined || !info.enabled ? [] : [`${info.file}: ${info.id}: ${notice}`],
  ),
];
