// The rules that run now: read anew when something changes, while the engine goes on with those before.
import type { HubRule, RuleFileCheck, RuleFileDraft } from '@yagura/contracts';
import {
  type Countries,
  createEngine,
  type DetectionState,
  type Engine,
  formatProblem,
  loadCountries,
} from '@yagura/detection';
import type { Logger, Metrics } from '@yagura/kit';
import type { EngineChange } from '../pipeline/exchange.ts';
import type { Database } from '../store/database.ts';
import { listRuleFiles } from '../store/rule-files.ts';
import { listRuleSwitches } from '../store/rule-switches.ts';
import { checkDraft } from './check-draft.ts';
import { checkRemoval } from './check-removal.ts';
import { type CompiledSource, compileSource } from './compile-source.ts';
import { type CostLedger, createCostLedger } from './cost-ledger.ts';
import { type LiveRule, mergeRules } from './merge-rules.ts';
import { type RuleFolders, type RuleSources, readSources } from './rule-source.ts';

export interface RuleBookOptions {
  readonly db: Database;
  readonly folders: RuleFolders;
  readonly state: DetectionState;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export interface RuleBook {
  /** Of the rules as they were read first; the pipeline's own takes over from there. */
  readonly engine: Engine;
  /** How a new engine is put into the pipeline. */
  attach(exchange: (change: EngineChange) => Promise<void>): void;
  rules(): readonly HubRule[];
  rule(id: string): HubRule | undefined;
  problems(): readonly string[];
  /** No mistakes, and yet worth a look: rules that can never fire, or whose fields are always empty. */
  notices(): readonly string[];
  /** Reads everything again; resolves once the rules are live. One at a time. */
  reload(): Promise<void>;
  /** Within a turn of its own: nobody else changes rules meanwhile. Reloads afterwards. */
  change<T>(work: () => Promise<T>): Promise<T>;
  check(name: string, draft: RuleFileDraft): Promise<RuleFileCheck>;
  /** What would break without a file. */
  checkRemoval(name: string): Promise<readonly string[]>;
  refreshCosts(): void;
}

interface Reading {
  readonly sources: RuleSources;
  readonly compiled: readonly CompiledSource[];
  readonly live: readonly LiveRule[];
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  readonly countries: Countries;
}

export async function openRuleBook(options: RuleBookOptions): Promise<RuleBook> {
  const { db, state } = options;
  const ledger = createCostLedger(options.metrics);
  let reading = await readRules(options, []);
  const engineOf = ({ live, countries }: Reading): Engine =>
    createEngine(
      live.map(({ loaded }) => loaded),
      { state, countries },
    );
  const engine = engineOf(reading);
  ledger.adopt(engine);
  let exchange: ((change: EngineChange) => Promise<void>) | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const reload = async (): Promise<void> => {
    const next = await readRules(options, reading.compiled);
    await exchange?.(() => {
      const fresh = engineOf(next);
      state.retain(new Set(fresh.rules.map(({ id }) => id)));
      ledger.adopt(fresh);
      return fresh;
    });
    reading = next;
  };
  return {
    engine,
    attach: (given) => {
      exchange = given;
    },
    rules: () => {
      ledger.refresh();
      return reading.live.map((rule) => toHubRule(rule, ledger));
    },
    rule: (id) => {
      ledger.refresh();
      const found = reading.live.find(({ loaded }) => loaded.info.id === id);
      return found && toHubRule(found, ledger);
    },
    problems: () => reading.problems,
    notices: () => reading.notices,
    reload: () => inTurn(reload),
    change: (work) =>
      inTurn(async () => {
        const result = await work();
        await reload();
        return result;
      }),
    check: async (name, draft) => checkDraft({ name, draft, files: await listRuleFiles(db), ...reading }),
    checkRemoval: async (name) => checkRemoval({ name, files: await listRuleFiles(db), ...reading }),
    refreshCosts: ledger.refresh,
  };
}

async function readRules(
  { db, folders, log }: RuleBookOptions,
  before: readonly CompiledSource[],
): Promise<Reading> {
  const [files, switches] = await Promise.all([listRuleFiles(db), listRuleSwitches(db)]);
  const sources = await readSources(folders, files);
  const compiled = sources.sources
    .map((source) =>
      compileSource(
        source,
        before.find(({ key }) => key === source.key),
      ),
    )
    .filter((source) => source !== undefined);
  const merged = mergeRules(compiled, { files, switches });
  const table = loadCountries(sources.data);
  const problems = [...sources.problems, ...merged.problems, ...table.problems.map(formatProblem)];
  for (const problem of problems) log.warn({ problem }, 'a rule was not loaded');
  log.info({ rules: merged.rules.length, problems: problems.length }, 'rules are loaded');
  for (const notice of sources.notices) log.warn({ notice }, 'a list does nothing');
  const { rules: live } = merged;
  const notices = [...sources.notices, ...merged.notices];
  return { sources, compiled, live, problems, notices, countries: table.countries };
}

const toHubRule = ({ loaded, facts }: LiveRule, ledger: CostLedger): HubRule => {
  const cost = ledger.costOf(loaded.info.id);
  return { ...loaded.info, ...facts, cost: { ...cost, microseconds: Math.round(cost.microseconds) } };
};
