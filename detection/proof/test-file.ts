// A tests file of a rule: cases of events, and the alerts that must come of them.
import { parseDocument } from 'yaml';
import type { RuleFile } from '../files/read-items.ts';
import { parseDuration } from '../state/duration.ts';

/** What one alert must be like; only what is named is compared. */
export interface ExpectedAlert {
  readonly count?: number;
  readonly severity?: string;
  /** Part of the message. */
  readonly message?: string;
  /** Fields that must be among the evidence. */
  readonly evidence?: readonly string[];
  readonly entities?: Readonly<Record<string, string>>;
}

export interface RuleCase {
  readonly name: string;
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
  | { readonly ok: false; readonly message: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const failure = (message: string): ReadTestFile => ({ ok: false, message });

function readCase(value: unknown): RuleCase | string {
  if (!isRecord(value)) return 'a case is a mapping with name, events, and alerts or silent';
  const { name, events, alerts, silent, learning, ...rest } = value;
  const [extra] = Object.keys(rest);
  if (typeof name !== 'string') return 'a case has no name';
  if (extra !== undefined) return `unknown key "${extra}" in the case "${name}"`;
  if (!Array.isArray(events) || events.length === 0) return `the case "${name}" has no events`;
  const learnMs = typeof learning === 'string' ? parseDuration(learning) : undefined;
  if (learning !== undefined && learnMs === undefined)
    return `\`learning\` of the case "${name}" is a span of time, such as 1h`;
  const common = { name, events, ...(learnMs === undefined ? {} : { learnMs }) };
  if (silent === true && alerts === undefined) return { ...common, alerts: [] };
  if (Array.isArray(alerts) && alerts.length > 0 && alerts.every(isRecord)) return { ...common, alerts };
  return `the case "${name}" must say \`silent: true\`, or list its \`alerts\``;
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

export function readTestFile({ text }: RuleFile): ReadTestFile {
  const document = parseDocument(text, { prettyErrors: true, merge: true });
  const [error] = document.errors;
  if (error !== undefined) return failure(error.message);
  const root: unknown = document.toJS({ maxAliasCount: aliasLimit });
  const entries = isRecord(root) ? root['tests'] : undefined;
  if (!Array.isArray(entries)) return failure('a tests file has `tests:` with a list of cases');
  const lists = readLists(isRecord(root) ? root['lists'] : undefined);
  if (lists === undefined) return failure('`lists:` names files, each with a list of values');
  const cases = entries.map(readCase);
  const mistake = cases.find((found) => typeof found === 'string');
  if (mistake !== undefined) return failure(mistake);
  return { ok: true, lists, cases: cases.filter((found) => typeof found !== 'string') };
}
