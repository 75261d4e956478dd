// A tests file of a rule: cases of events, and the alerts that must come of them.
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { isRecord } from '../fields/outside-value.ts';
import type { RuleFile } from '../files/read-items.ts';
import { locateIn, type YamlFile } from '../files/yaml-source.ts';
import { didYouMean } from '../language/suggestion.ts';
import { parseDuration } from '../state/duration.ts';
import { type ExpectedAlert, expectedAlertMistake } from './expected-alert.ts';

/** In the tests file, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface RuleCase {
  readonly name: string;
  readonly place: Place;
  readonly events: readonly unknown[];
  /** None: the case proves silence. */
  readonly alerts: readonly ExpectedAlert[];
  /** Learning time of a novelty rule, in this case only. */
  readonly learnMs?: number;
}

export type ReadTestFile =
  | {
      readonly ok: true;
      readonly cases: readonly RuleCase[];
      /** What stands in for lists in files, by file name. */
      readonly lists: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly ok: false; readonly message: string; readonly place: Place };

const failure = (message: string, place: Place): ReadTestFile => ({ ok: false, message, place });

const caseKeys = ['name', 'events', 'alerts', 'silent', 'learning'];

function readCase(value: unknown, place: Place): RuleCase | string {
  if (!isRecord(value)) return 'a case is a mapping with name, events, and alerts or silent';
  const { name, events, alerts, silent, learning } = value;
  const extra = Object.keys(value).find((key) => !caseKeys.includes(key));
  if (typeof name !== 'string') return 'a case has no name';
  if (extra !== undefined)
    return `unknown key "${extra}" in the case "${name}"${didYouMean(extra, caseKeys)}`;
  if (!Array.isArray(events) || events.length === 0) return `the case "${name}" has no events`;
  const learnMs = typeof learning === 'string' ? parseDuration(learning) : undefined;
  if (learning !== undefined && learnMs === undefined)
    return `\`learning\` of the case "${name}" is a span of time, such as 1h`;
  const common = { name, place, events, ...(learnMs === undefined ? {} : { learnMs }) };
  if (silent === true && alerts === undefined) return { ...common, alerts: [] };
  if (!Array.isArray(alerts) || alerts.length === 0 || silent !== undefined)
    return `the case "${name}" must say \`silent: true\`, or list its \`alerts\``;
  const mistake = alerts.map(expectedAlertMistake).find((found) => found !== undefined);
  return mistake === undefined ? { ...common, alerts } : `${mistake}, in the case "${name}"`;
}

function readLists(value: unknown): Readonly<Record<string, readonly string[]>> | undefined {
  if (value === undefined) return {};
  if (!isRecord(value) || !Object.values(value).every(Array.isArray)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, items]) => [name, (items as unknown[]).map(String)]),
  );
}

/** Short enough for thousands of files; longer ones are a mistake. */
const aliasLimit = 100;

const rootKeys = ['tests', 'lists'];

const nodesOf = (contents: unknown): readonly unknown[] => {
  const tests = isMap(contents) ? contents.get('tests', true) : undefined;
  return isSeq(tests) ? tests.items : [];
};

const placeOf = (yaml: YamlFile, node: unknown): Place =>
  locateIn(yaml, (node as Node | undefined)?.range?.[0] ?? 0);

export function readTestFile({ path, text }: RuleFile): ReadTestFile {
  const lines = new LineCounter();
  const yaml: YamlFile = { file: path, text, lines };
  const document = parseDocument(text, { prettyErrors: false, merge: true, lineCounter: lines });
  const start = placeOf(yaml, document.contents);
  const [error] = document.errors;
  if (error !== undefined) return failure(`not YAML: ${error.message}`, locateIn(yaml, error.pos[0]));
  const root: unknown = document.toJS({ maxAliasCount: aliasLimit });
  const entries = isRecord(root) ? root['tests'] : undefined;
  if (!Array.isArray(entries)) return failure('a tests file has `tests:` with a list of cases', start);
  const extra = Object.keys(root as object).find((key) => !rootKeys.includes(key));
  if (extra !== undefined) return failure(`unknown key "${extra}"${didYouMean(extra, rootKeys)}`, start);
  const lists = readLists(isRecord(root) ? root['lists'] : undefined);
  if (lists === undefined) return failure('`lists:` names files, each with a list of values', start);
  const nodes = nodesOf(document.contents);
  const cases: RuleCase[] = [];
  for (const [index, entry] of entries.entries()) {
    const place = placeOf(yaml, nodes[index]);
    const found = readCase(entry, place);
    if (typeof found === 'string') return failure(found, place);
    cases.push(found);
  }
  return { ok: true, lists, cases };
}
