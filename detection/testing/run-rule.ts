// Runs one rule with a memory on events in the short form of test files.
import assert from 'node:assert/strict';
import type { Event } from '@yagura/contracts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { Match } from '../engine/match.ts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import { timedEvents } from '../proof/timed-events.ts';
import { createDetectionState, type DetectionState } from '../state/detection-state.ts';

/** `memory` is the rule's `threshold`, `sequence` or `novelty`, as YAML in one line. */
export function ruleWith(memory: string, condition = 'ka.verb exists'): readonly LoadedRule[] {
  const text = `- rule: r\n  source: k8s_audit\n  condition: ${condition}\n  output: o\n  priority: INFO\n  ${memory}\n`;
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  return rules;
}

export const engineWith = (memory: string, state: DetectionState = createDetectionState()): Engine =>
  createEngine(ruleWith(memory), { state });

/** Events as test files have them; a request where only words of it are given. */
export function eventsOf(...entries: readonly Readonly<Record<string, unknown>>[]): readonly Event[] {
  const timed = timedEvents(entries);
  assert.ok(timed.ok, timed.ok ? '' : timed.message);
  return timed.events;
}

/** A `get` of a secret at a time since the first event; `words` are those of `audit`. */
export const get = (
  at: string,
  name: string,
  words: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  at,
  audit: { verb: 'get', resource: 'secrets', namespace: 'shop', name, id: `${at} ${name}`, ...words },
});

export const matchesOf = (engine: Engine, events: readonly Event[]): readonly Match[] =>
  events.flatMap((event) => engine.evaluate(event));

export const evidenceOf = (match: Match | undefined, field: string): unknown =>
  match?.evidence.find((entry) => entry.field === field)?.value;
