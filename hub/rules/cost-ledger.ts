// What each rule cost since the hub was started, over all engines that took turns, and the same as metrics.
import type { RuleCost } from '@yagura/contracts';
import type { Engine } from '@yagura/detection';
import type { Metrics } from '@yagura/kit';

export interface CostLedger {
  /** Another engine runs from now on; what the one before counted last is kept. */
  adopt(engine: Engine): void;
  costOf(rule: string): RuleCost;
  /** Brings metrics and costs up to date with the engine. */
  refresh(): void;
}

const none: RuleCost = { seen: 0, matched: 0, microseconds: 0, faults: 0, keys: 0, evictions: 0, late: 0 };
const counted = ['seen', 'matched', 'microseconds', 'faults', 'evictions', 'late'] as const;

/** A count that fell began anew. */
const grown = (now: number, before: number): number => (now < before ? now : now - before);

export function createCostLedger(metrics: Metrics): CostLedger {
  const meter = createMeter(metrics);
  const totals = new Map<string, RuleCost>();
  let engine: Engine | undefined;
  let last = new Map<string, RuleCost>();
  const read = (): Map<string, RuleCost> => new Map(engine?.costs().map(({ id, ...cost }) => [id, cost]));

  const refresh = (): void => {
    const costs = read();
    for (const [id, cost] of costs) {
      const [before, total] = [last.get(id) ?? none, totals.get(id) ?? none];
      const growth = Object.fromEntries(counted.map((name) => [name, grown(cost[name], before[name])]));
      const next = { ...none, keys: cost.keys };
      for (const name of counted) next[name] = total[name] + (growth[name] ?? 0);
      totals.set(id, next);
      meter.add(id, { ...none, ...growth, keys: cost.keys });
    }
    last = costs;
  };
  return {
    refresh,
    costOf: (rule) => totals.get(rule) ?? none,
    adopt(next) {
      refresh();
      engine = next;
      // Counts of memory go on from the engine before; the others begin at nothing.
      last = read();
      for (const id of totals.keys())
        if (!last.has(id)) {
          totals.delete(id);
          meter.forget(id);
        }
    },
  };
}

interface Meter {
  add(rule: string, growth: RuleCost): void;
  forget(rule: string): void;
}

function createMeter(metrics: Metrics): Meter {
  const labels = ['rule'] as const;
  const counters = {
    seen: metrics.counter('rule_events_seen_total', 'Events that a rule was tried on', labels),
    matched: metrics.counter('rule_events_matched_total', 'Events that a rule matched', labels),
    microseconds: metrics.counter('rule_microseconds_total', 'Time spent on a rule, a sample', labels),
    faults: metrics.counter('rule_faults_total', 'Events that a rule could not read', labels),
    evictions: metrics.counter('rule_evictions_total', 'What a rule forgot for want of room', labels),
    late: metrics.counter('rule_late_events_total', 'Events too late for the window of a rule', labels),
  };
  const keys = metrics.gauge('rule_keys', 'Keys that a rule remembers', labels);
  return {
    add(rule, growth) {
      for (const name of counted) counters[name].inc({ rule }, growth[name]);
      keys.set({ rule }, growth.keys);
    },
    forget(rule) {
      for (const name of counted) counters[name].remove({ rule });
      keys.remove({ rule });
    },
  };
}
