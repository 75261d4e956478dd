// From a YAML item with a `rule` key to a rule; every mistake is noted with its place.
import type { AlertSource } from '@yagura/contracts';
import { bindText } from '../compile/bind-extraction.ts';
import { parseOutput } from '../compile/output-template.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { Condition } from '../language/condition.ts';
import { parseCondition } from '../language/parse-condition.ts';
import { problemAt } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import { withExceptions } from './exceptions.ts';
import { readCorrelation } from './parse-correlation.ts';
import { readReach } from './parse-reach.ts';
import type { ParsedRule } from './parsed-item.ts';
import { priorities, severityOf } from './priority.ts';
import { itemText } from './read-items.ts';
import { ruleKeys } from './rule-keys.ts';
import {
  nodeOf,
  readBoolean,
  readItem,
  readText,
  readTexts,
  rejectUnknownKeys,
  requireSource,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';

const sources: readonly AlertSource[] = ['syscall', 'k8s_audit'];

/** `Terminal shell in container` → `terminal-shell-in-container`, for rules without an id of their own. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100);

/** Falco's plugins bring many sources; what they read is not read here. */
function readSourceKey(item: YamlItem): AlertSource | undefined {
  const text = readText(item, 'source') ?? 'syscall';
  const found = sources.find((source) => source === text);
  if (found === undefined)
    item.problems.push(
      problemAt(
        spanOf(item, nodeOf(item, 'source')),
        `the source "${text}" is not read here${didYouMean(text, sources)}`,
        sources.join(' or '),
      ),
    );
  return found;
}

function readSeverity(item: YamlItem): ParsedRule['severity'] {
  const source = requireSource(item, 'priority', `one of ${priorities.join(', ')}`);
  const severity = source === undefined ? undefined : severityOf(source.text.trim());
  if (source !== undefined && severity === undefined)
    item.problems.push(
      problemAt(
        { source, start: 0, end: 0 },
        `unknown priority "${source.text}"${didYouMean(source.text, priorities)}`,
        `one of ${priorities.join(', ')}`,
      ),
    );
  return severity ?? 'informational';
}

function readCondition(item: YamlItem): { condition: Condition; text: string } | undefined {
  const source = requireSource(item, 'condition', 'a condition');
  if (source === undefined) return undefined;
  const parsed = parseCondition(source);
  if (parsed.ok) return { condition: withExceptions(item, parsed.condition), text: source.text.trim() };
  item.problems.push(parsed.problem);
  return undefined;
}

function readDedupe(item: YamlItem): readonly BoundField[] {
  return (readTexts(item, 'dedupe') ?? []).flatMap((source) => {
    const bound = bindText(source, item.problems);
    return bound === undefined ? [] : [bound];
  });
}

/** Falco rules carry ATT&CK in tags: `mitre_execution`, `T1059`. */
function readAttack(item: YamlItem, tags: readonly string[]): Pick<ParsedRule, 'tactics' | 'techniques'> {
  const attack = readItem(item, 'attack');
  if (attack !== undefined) rejectUnknownKeys(attack, ['tactics', 'techniques']);
  const texts = (key: string): readonly string[] =>
    (attack === undefined ? [] : (readTexts(attack, key) ?? [])).map((source) => source.text.trim());
  const tagged = tags.flatMap((tag) =>
    tag.startsWith('mitre_') ? [titleCase(tag.slice('mitre_'.length))] : [],
  );
  const techniques = tags.filter((tag) => /^T\d{4}(\.\d{3})?$/.test(tag));
  return {
    tactics: attack === undefined ? tagged : texts('tactics'),
    techniques: attack === undefined ? techniques : texts('techniques'),
  };
}

const titleCase = (text: string): string =>
  text
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');

const list = (item: YamlItem, key: string): readonly string[] | undefined =>
  readTexts(item, key)?.map((source) => source.text.trim());

type Told = Pick<ParsedRule, 'why' | 'benign' | 'respond' | 'similarTo'>;

function readTold(item: YamlItem): Told {
  const why = readText(item, 'why') ?? readText(item, 'desc');
  const [benign, respond, similarTo] = [
    list(item, 'benign'),
    list(item, 'respond'),
    list(item, 'similar_to'),
  ];
  return {
    ...(why === undefined ? {} : { why }),
    ...(benign === undefined ? {} : { benign }),
    ...(respond === undefined ? {} : { respond }),
    ...(similarTo === undefined ? {} : { similarTo }),
  };
}

export function parseRule(item: YamlItem): ParsedRule | undefined {
  const source = readSourceKey(item);
  // Neither are the fields of a source that is not read known here: to tell of each would be noise.
  if (source === undefined) return undefined;
  for (const layer of [item, ...(item.patches ?? []).map((patch) => patch.item)])
    rejectUnknownKeys(layer, ruleKeys);
  const name = readText(item, 'rule') ?? '';
  const tags = list(item, 'tags') ?? [];
  const condition = readCondition(item);
  const correlation = readCorrelation(item);
  const unlessEmpty = readText(item, 'unless_empty');
  const output = requireSource(item, 'output', 'a message, with %field for values');
  const parsedOutput = output === undefined ? undefined : parseOutput(output);
  item.problems.push(...(parsedOutput?.problems ?? []));
  if (slug(name) === '')
    item.problems.push(problemAt(spanOf(item, nodeOf(item, 'rule')), 'the rule has no name', 'a name'));
  const rule = {
    kind: 'rule',
    id: readText(item, 'id') ?? slug(name),
    name,
    title: readText(item, 'title') ?? name,
    source,
    severity: readSeverity(item),
    isEnabled: readBoolean(item, 'enabled') ?? true,
    mayBeUnknown: readBoolean(item, 'skip-if-unknown-filter') ?? false,
    ...readAttack(item, tags),
    tags,
    ...readTold(item),
    ...readReach(item),
    ...(unlessEmpty === undefined
      ? {}
      : { unlessEmpty: { list: unlessEmpty, span: spanOf(item, nodeOf(item, 'unless_empty')) } }),
    dedupe: readDedupe(item),
    ...(correlation === undefined ? {} : { correlation }),
    output: parsedOutput?.template ?? [],
    text: itemText(item),
    span: spanOf(item, item.map),
    problems: item.problems,
  } as const;
  if (condition === undefined) return undefined;
  return { ...rule, condition: condition.condition, conditionText: condition.text };
}
