// What a set of rules would have raised on past events, beside what the present set raises on the same ones.
import type { Event } from '@yagura/contracts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { Match } from '../engine/match.ts';
import type { FieldData } from '../fields/field.ts';
import type { LoadedRule } from '../files/load-rules.ts';

export interface EntityCount {
  readonly kind: string;
  readonly value: string;
  /** Alerts about it. */
  readonly alerts: number;
}

/** What one rule, or all rules of a set, came to. */
export interface BacktestCount {
  readonly alerts: number;
  /** Distinct events; what an alert's count adds up to. */
  readonly occurrences: number;
  /** Those with the most alerts first. */
  readonly entities: readonly EntityCount[];
}

export interface BacktestRule {
  readonly rule: string;
  /** Absent where that set has no such rule. */
  readonly proposed?: BacktestCount;
  readonly present?: BacktestCount;
}

export interface BacktestReport {
  readonly events: number;
  readonly proposed: BacktestCount;
  readonly present: BacktestCount;
  /** Rules that were proposed, or that fire more or less often with them. */
  readonly rules: readonly BacktestRule[];
  /** False once there were more occurrences than can be told apart: counts are upper bounds then. */
  readonly isExact: boolean;
}

export interface Backtest {
  readonly observe: (event: Event) => void;
  readonly report: () => BacktestReport;
}

export interface BacktestOptions extends FieldData {
  readonly present: readonly LoadedRule[];
  /** Added to the present rules; one of the same id takes the place of the present one. */
  readonly proposed: readonly LoadedRule[];
}

/** Ids that are kept to tell occurrences apart, about 100 bytes each. */
const occurrenceLimit = 1_000_000;
/** Entities that are counted for one rule. */
const entityLimit = 10_000;
const shownEntities = 10;
const allRules = '';

class Count {
  readonly #alerts = new Set<string>();
  readonly #entities = new Map<string, { kind: string; value: string; alerts: number }>();
  #occurrences = 0;

  add({ alertId, entities }: Match): void {
    this.#occurrences += 1;
    if (this.#alerts.has(alertId)) return;
    this.#alerts.add(alertId);
    for (const [kind, value] of Object.entries(entities)) {
      const key = `${kind} ${value}`;
      const known = this.#entities.get(key);
      if (known !== undefined) known.alerts += 1;
      else if (this.#entities.size < entityLimit) this.#entities.set(key, { kind, value, alerts: 1 });
    }
  }

  read(): BacktestCount {
    const entities = [...this.#entities.values()].sort((a, b) => b.alerts - a.alerts).slice(0, shownEntities);
    return { alerts: this.#alerts.size, occurrences: this.#occurrences, entities };
  }
}

class Side {
  readonly #engine: Engine;
  readonly #counts: Map<string, Count>;
  readonly #seen = new Set<string>();
  isExact = true;

  constructor(rules: readonly LoadedRule[], data: FieldData) {
    this.#engine = createEngine(rules, data);
    this.#counts = new Map(
      [allRules, ...this.#engine.rules.map(({ id }) => id)].map((id) => [id, new Count()]),
    );
  }

  observe(event: Event): void {
    for (const match of this.#engine.evaluate(event)) {
      if (!this.#isNew(`${match.alertId} ${match.occurrenceId}`)) continue;
      this.#counts.get(match.rule.id)?.add(match);
      this.#counts.get(allRules)?.add(match);
    }
  }

  read(rule = allRules): BacktestCount | undefined {
    return this.#counts.get(rule)?.read();
  }

  #isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    if (this.#seen.size < occurrenceLimit) this.#seen.add(id);
    else this.isExact = false;
    return true;
  }
}

const none: BacktestCount = { alerts: 0, occurrences: 0, entities: [] };

export function createBacktest({ present, proposed, ...data }: BacktestOptions): Backtest {
  const before = new Side(present, data);
  const after = new Side([...present, ...proposed], data);
  const isProposed = new Set(proposed.map(({ info }) => info.id));
  const ids = [...new Set([...proposed, ...present].map(({ info }) => info.id))];
  let events = 0;
  const ruleReport = (rule: string): readonly BacktestRule[] => {
    const [was, is] = [before.read(rule), after.read(rule)];
    if (!isProposed.has(rule) && was?.occurrences === is?.occurrences) return [];
    return [
      { rule, ...(is === undefined ? {} : { proposed: is }), ...(was === undefined ? {} : { present: was }) },
    ];
  };
  return {
    observe: (event) => {
      events += 1;
      before.observe(event);
      after.observe(event);
    },
    report: () => ({
      events,
      proposed: after.read() ?? none,
      present: before.read() ?? none,
      rules: ids.flatMap(ruleReport),
      isExact: before.isExact && after.isExact,
    }),
  };
}
