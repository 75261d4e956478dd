// Runs loaded rules on events: one event in, the rules that hold out.
import type { AuditGlance, Event, RuleInfo } from '@yagura/contracts';
import { type Compiled, compileCondition } from '../compile/compile-condition.ts';
import {
  createReading,
  type Reading,
  type ReadSlot,
  type Slots,
  slotReader,
  turnTo,
} from '../compile/reading.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import type { LoadedRule } from '../files/load-rules.ts';
import { createRuleChoice } from '../glance/choose-rules.ts';
import { createFamiliar, type Familiar } from '../glance/familiar.ts';
import { leftToTest } from '../glance/left-to-test.ts';
import { createRuleOut } from '../glance/rule-out.ts';
import { identityOf } from '../state/correlation.ts';
import { createDetectionState, type DetectionState } from '../state/detection-state.ts';
import { dedupeFields } from './alert-identity.ts';
import { type Match, type MatchingRule, toMatch } from './match.ts';
import { createObserver, type Observer } from './observer.ts';
import { indexRules } from './rule-index.ts';

/** Since the engine was made. */
export interface RuleCost {
  readonly id: string;
  /** Events that the index did not rule out. */
  readonly seen: number;
  readonly matched: number;
  /** Events that the rule could not read. */
  readonly faults: number;
  /** Spent on the rule, from one event in some hundred. */
  readonly microseconds: number;
  /** Keys that the rule remembers now; of a rule that remembers nothing: 0. */
  readonly keys: number;
  /** What the rule forgot before its time, for want of room. */
  readonly evictions: number;
  /** Events that came too late for the rule's window. */
  readonly late: number;
}

export interface EngineOptions extends FieldData {
  /** What rules remember, kept from an engine before this one. */
  readonly state?: DetectionState;
}

export interface Engine {
  /**
   * Never throws. Disabled rules are left out. Events that come after one another in time are best; late ones are put
   * in their place. `receivedAtMs` bounds the time of an event whose clock runs ahead.
   */
  readonly evaluate: (event: Event, receivedAtMs?: number) => readonly Match[];
  /**
   * False when no rule can fire on the audit event that the record would become, nor learn from it what was not shown
   * to it within the hour: it need not be parsed. `cluster` is what the event's would be. Never throws.
   */
  readonly mayMatch: (glance: AuditGlance, cluster?: string) => boolean;
  readonly rules: readonly RuleInfo[];
  readonly costs: () => readonly RuleCost[];
  /** What the rules remember; may be saved, and put back. */
  readonly state: DetectionState;
}

interface RunningRule extends MatchingRule {
  readonly loaded: LoadedRule;
  readonly observer: Observer | undefined;
  readonly familiar: Familiar | undefined;
  readonly cost: { seen: number; matched: number; faults: number; microseconds: number };
}

const none: readonly Match[] = [];

const outputReaders = (rule: LoadedRule, slots: Slots): ReadonlyMap<BoundField, ReadSlot> =>
  new Map(
    rule.output.flatMap((part) =>
      typeof part === 'string' ? [] : [[part, slotReader(part, slots)] as const],
    ),
  );

function ownDedupe({ info, dedupe, correlation }: LoadedRule): readonly BoundField[] {
  if (dedupe.length === 0 && correlation !== undefined) return identityOf(correlation);
  return dedupeFields(info.source, dedupe);
}

const noCounts = { keys: 0, evictions: 0, late: 0 };
/** Looking at the clock costs as much as a rule: one event in so many is timed, and counts for all of them. */
const timedShare = 128;

/** A rule that an event may fire, with what is left to test of it. */
interface Candidate {
  readonly rule: RunningRule;
  readonly holds: Compiled['holds'];
}

function runRule({ rule, holds }: Candidate, reading: Reading, receivedAtMs?: number): readonly Match[] {
  rule.cost.seen += 1;
  try {
    if (!holds(reading)) return none;
    const firings = rule.observer?.observe(reading, receivedAtMs);
    if (firings?.length === 0) return none;
    const matches = firings?.map((firing) => toMatch(rule, reading, firing)) ?? [toMatch(rule, reading)];
    rule.cost.matched += 1;
    return matches;
  } catch {
    // An event of a shape that no field expects: it costs this rule this event, and is counted.
    rule.cost.faults += 1;
    return none;
  }
}

const runTimed: typeof runRule = (candidate, reading, receivedAtMs) => {
  const startedAt = performance.now();
  const matches = runRule(candidate, reading, receivedAtMs);
  candidate.rule.cost.microseconds += (performance.now() - startedAt) * 1000 * timedShare;
  return matches;
};

const isOfAudit = ({ loaded }: RunningRule): boolean => loaded.kinds.includes('api.requested');

function createCandidates(
  rules: readonly RunningRule[],
  { data, slots }: { readonly data: FieldData; readonly slots: Slots },
): (event: Event) => readonly Candidate[] {
  const indexed = indexRules(
    rules.map((rule) => ({ rule: { rule, holds: rule.compiled.holds }, source: rule.loaded })),
  );
  const choose = createRuleChoice(
    rules.filter(isOfAudit).map((rule) => {
      const { condition } = rule.loaded;
      return { rule: { rule, holds: compileCondition(leftToTest(condition), slots).holds }, condition };
    }),
    data,
  );
  return (event) => (event.kind === 'api.requested' ? choose(event) : undefined) ?? indexed(event);
}

/** Rules of several loads may be given together; of two with the same id the later one counts. */
export function createEngine(loaded: readonly LoadedRule[], options: EngineOptions = {}): Engine {
  const slots: Slots = new Map();
  const state = options.state ?? createDetectionState();
  const unique = [...new Map(loaded.map((rule) => [rule.info.id, rule])).values()];
  const running = unique.map((rule): RunningRule => {
    const familiar = createFamiliar(rule.correlation, options);
    return {
      info: rule.info,
      familiar,
      compiled: compileCondition(rule.condition, slots),
      loaded: rule,
      output: rule.output,
      dedupe: ownDedupe(rule),
      readers: outputReaders(rule, slots),
      observer:
        rule.correlation === undefined
          ? undefined
          : createObserver(rule.correlation, {
              memory: state.open(rule.info.id, rule.correlation),
              slots,
              familiar,
            }),
      cost: { seen: 0, matched: 0, faults: 0, microseconds: 0 },
    };
  });
  const enabled = running.filter(({ info }) => info.enabled);
  const candidates = createCandidates(enabled, { data: options, slots });
  let reading: Reading | undefined;
  let turns = 0;

  const evaluate = (event: Event, receivedAtMs?: number): readonly Match[] => {
    const rules = candidates(event);
    if (rules.length === 0) return none;
    reading ??= createReading(event, options);
    turnTo(reading, event);
    turns = (turns + 1) % timedShare;
    const run = turns === 0 ? runTimed : runRule;
    let matches = none;
    for (const candidate of rules) {
      const found = run(candidate, reading, receivedAtMs);
      if (found.length > 0) matches = matches.length === 0 ? found : [...matches, ...found];
    }
    return matches;
  };

  const safely = (event: Event, receivedAtMs?: number): readonly Match[] => {
    try {
      return evaluate(event, receivedAtMs);
    } catch {
      // The index could not read it: no object, or a kind without its parts.
      return none;
    }
  };
  return {
    evaluate: safely,
    mayMatch: createRuleOut(
      enabled.filter(isOfAudit).map(({ loaded: { condition }, familiar }) => ({ condition, familiar })),
      options,
    ),
    rules: running.map(({ info }) => info),
    costs: () =>
      running.map(({ info, cost, observer }) => ({
        id: info.id,
        ...cost,
        ...(observer?.counts() ?? noCounts),
      })),
    state,
  };
}
