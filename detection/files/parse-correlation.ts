// The `threshold`, `sequence` or `novelty` of a rule: what it remembers between events.
import { isMap } from 'yaml';
import { bindText } from '../compile/bind-extraction.ts';
import { type BoundField, supportsSource } from '../compile/typed-condition.ts';
import type { Condition } from '../language/condition.ts';
import { parseCondition } from '../language/parse-condition.ts';
import { problemAt } from '../language/problem.ts';
import type { SourceText } from '../language/source-text.ts';
import type { Novelty, Sequence, Threshold } from '../state/correlation.ts';
import { formatDuration, parseDuration } from '../state/duration.ts';
import {
  findPair,
  nodeOf,
  readItem,
  readScalar,
  readSequence,
  readSource,
  readText,
  readTexts,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';

export interface ParsedStep {
  readonly name: string;
  readonly isForbidden: boolean;
  readonly condition: Condition;
}

export type ParsedSequence = Omit<Sequence, 'steps'> & { readonly steps: readonly ParsedStep[] };
export type ParsedCorrelation = Threshold | Novelty | ParsedSequence;

const kinds = ['threshold', 'sequence', 'novelty'] as const;
const dayMs = 24 * 60 * 60_000;
const longestWindowMs = dayMs;
const longestMemoryMs = 365 * dayMs;
const highestCount = 1_000;
const stepLimit = 12;
const defaults = { learnMs: 7 * dayMs, rememberMs: 60 * dayMs };

function fieldOf(item: YamlItem, source: SourceText, isAudit: boolean): readonly BoundField[] {
  const bound = bindText(source, item.problems);
  if (bound === undefined) return [];
  const span = { source, start: 0, end: 0 };
  if (supportsSource(bound, isAudit ? 'k8s_audit' : 'syscall')) return [bound];
  const sources = bound.field.sources.join(', ');
  item.problems.push(problemAt(span, `"${bound.key}" belongs to ${sources}`, 'a field of the rule’s source'));
  return [];
}

interface Fields {
  readonly key: string;
  readonly isAudit: boolean;
  /** Without `by`, all events of a cluster belong together. */
  readonly need?: 'needed' | 'optional';
}

function fields(item: YamlItem, { key, isAudit, need = 'needed' }: Fields): readonly BoundField[] {
  const texts = readTexts(item, key) ?? [];
  const isMissing = texts.length === 0 && (need === 'needed' || findPair(item, key) !== undefined);
  if (isMissing)
    item.problems.push(
      problemAt(
        spanOf(item, nodeOf(item, key) ?? item.map),
        `"${key}" is missing`,
        'a field or a list of fields',
      ),
    );
  return texts.flatMap((source) => fieldOf(item, source, isAudit));
}

interface SpanOfTime {
  readonly key: string;
  readonly mostMs: number;
  readonly byDefault?: number;
}

function duration(item: YamlItem, { key, mostMs, byDefault }: SpanOfTime): number {
  const expected = `a span of time up to ${formatDuration(mostMs)}, such as 90s, 5m, 12h or 7d`;
  const source = byDefault === undefined ? requireSource(item, key, expected) : readSource(item, key);
  if (source === undefined) return byDefault ?? 1;
  const ms = parseDuration(source.text);
  if (ms !== undefined && ms > 0 && ms <= mostMs) return ms;
  item.problems.push(
    problemAt({ source, start: 0, end: 0 }, `"${source.text}" is no such span of time`, expected),
  );
  return 1;
}

interface WholeNumber {
  readonly key: string;
  readonly least: number;
  readonly most: number;
  readonly byDefault?: number;
}

function wholeNumber(item: YamlItem, { key, least, most, byDefault }: WholeNumber): number {
  const expected = `a whole number from ${least} to ${most}`;
  const isGiven = findPair(item, key) !== undefined;
  const value = readScalar(item, key)?.value;
  if (!isGiven && byDefault !== undefined) return byDefault;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  const message = isGiven ? `"${key}" is out of range` : `"${key}" is missing`;
  item.problems.push(problemAt(spanOf(item, nodeOf(item, key) ?? item.map), message, expected));
  return least;
}

function readThreshold(item: YamlItem, isAudit: boolean): Threshold {
  rejectUnknownKeys(item, ['count', 'distinct', 'within', 'by']);
  const distinct = readTexts(item, 'distinct')?.flatMap((source) => fieldOf(item, source, isAudit)) ?? [];
  if (distinct.length > 1)
    item.problems.push(
      problemAt(spanOf(item, nodeOf(item, 'distinct')), 'only one field can be counted', 'one field'),
    );
  return {
    type: 'threshold',
    by: fields(item, { key: 'by', isAudit, need: 'optional' }),
    withinMs: duration(item, { key: 'within', mostMs: longestWindowMs }),
    count: wholeNumber(item, { key: 'count', least: 2, most: highestCount }),
    ...(distinct[0] === undefined ? {} : { distinct: distinct[0] }),
  };
}

function readStep(item: YamlItem, node: unknown, index: number): readonly ParsedStep[] {
  if (!isMap(node)) {
    item.problems.push(
      problemAt(spanOf(item, node), 'this is no step', 'a mapping with `condition`, or with `not`'),
    );
    return [];
  }
  const step: YamlItem = { ...item, map: node };
  rejectUnknownKeys(step, ['name', 'condition', 'not']);
  const isForbidden = findPair(step, 'not') !== undefined;
  if (isForbidden && findPair(step, 'condition') !== undefined)
    item.problems.push(
      problemAt(spanOf(item, node), 'a step has `condition` or `not`, and never both', 'two steps'),
    );
  const source = requireSource(step, isForbidden ? 'not' : 'condition', 'a condition');
  const parsed = source === undefined ? undefined : parseCondition(source);
  if (parsed === undefined) return [];
  if (parsed.ok)
    return [
      { name: readText(step, 'name') ?? `step ${index + 1}`, isForbidden, condition: parsed.condition },
    ];
  item.problems.push(parsed.problem);
  return [];
}

function readSequenceKey(item: YamlItem, isAudit: boolean): ParsedSequence {
  rejectUnknownKeys(item, ['steps', 'within', 'by']);
  const nodes = readSequence(item, 'steps') ?? [];
  const steps = nodes.slice(0, stepLimit).flatMap((node, index) => readStep(item, node, index));
  const at = spanOf(item, nodeOf(item, 'steps') ?? item.map);
  const wanted = steps.filter(({ isForbidden }) => !isForbidden).length;
  if (nodes.length > stepLimit || (steps.length === nodes.length && wanted < 2))
    item.problems.push(
      problemAt(at, `a sequence has 2 to ${stepLimit} steps`, 'a list of steps, each with a condition'),
    );
  const [first, last] = [steps[0], steps.at(-1)];
  if (steps.length === nodes.length && (first?.isForbidden === true || last?.isForbidden === true))
    item.problems.push(
      problemAt(at, 'a `not` stands between two steps', 'a step with a condition first and last'),
    );
  return {
    type: 'sequence',
    by: fields(item, { key: 'by', isAudit }),
    withinMs: duration(item, { key: 'within', mostMs: longestWindowMs }),
    steps,
  };
}

function readNovelty(item: YamlItem, isAudit: boolean): Novelty {
  rejectUnknownKeys(item, ['of', 'by', 'learn', 'rare', 'remember']);
  return {
    type: 'novelty',
    by: fields(item, { key: 'by', isAudit, need: 'optional' }),
    of: fields(item, { key: 'of', isAudit }),
    learnMs: duration(item, { key: 'learn', mostMs: longestMemoryMs, byDefault: defaults.learnMs }),
    rare: wholeNumber(item, { key: 'rare', least: 1, most: 100, byDefault: 1 }),
    rememberMs: duration(item, { key: 'remember', mostMs: longestMemoryMs, byDefault: defaults.rememberMs }),
  };
}

const readers = { threshold: readThreshold, sequence: readSequenceKey, novelty: readNovelty } as const;

export function readCorrelation(item: YamlItem): ParsedCorrelation | undefined {
  const named = kinds.filter((kind) => findPair(item, kind) !== undefined);
  const [kind, second] = named;
  if (kind === undefined) return undefined;
  if (second !== undefined)
    item.problems.push(
      problemAt(
        spanOf(item, findPair(item, second)?.key),
        `a rule has "${kind}" or "${second}", and never both`,
        'two rules',
      ),
    );
  const inner = readItem(item, kind);
  if (inner !== undefined) return readers[kind](inner, readText(item, 'source') === 'k8s_audit');
  const at = spanOf(item, findPair(item, kind)?.key);
  if (item.problems.length === 0) item.problems.push(problemAt(at, `"${kind}" is empty`, 'a mapping'));
  return undefined;
}
