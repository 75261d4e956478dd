// Puts what later items append to earlier ones, or replace in them, on top of these, in the order of the files.
import { isMap, isScalar } from 'yaml';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { overridable } from './rule-keys.ts';
import {
  findPair,
  nodeOf,
  type Patch,
  readBoolean,
  readText,
  rejectUnknownKeys,
  spanOf,
  type YamlItem,
} from './yaml-item.ts';

export type Kind = keyof typeof overridable;
const kinds = ['rule', 'macro', 'list'] as const;

export const kindOf = (item: YamlItem): Kind | undefined =>
  kinds.find((kind) => findPair(item, kind) !== undefined);

/** More changes of one rule, macro or list than anybody keeps track of. */
const patchLimit = 1_000;

interface Stack {
  readonly base: YamlItem;
  readonly patches: Patch[];
}

type Keys = Map<string, 'append' | 'replace'>;

function readOverride(item: YamlItem, kind: Kind, problems: RuleProblem[]): Keys {
  const keys: Keys = new Map();
  const node = nodeOf(item, 'override');
  if (!isMap(node)) {
    problems.push(
      problemAt(spanOf(item, node), '"override" is no mapping', 'keys, each with append or replace'),
    );
    return keys;
  }
  const inner: YamlItem = { ...item, map: node, problems };
  rejectUnknownKeys(inner, overridable[kind].replace);
  for (const key of overridable[kind].replace) {
    const pair = findPair(inner, key);
    if (pair === undefined) continue;
    const mode = isScalar(pair.value) ? pair.value.value : undefined;
    if ((mode === 'append' || mode === 'replace') && overridable[kind][mode].includes(key))
      keys.set(key, mode);
    else {
      const expected = overridable[kind].append.includes(key) ? 'append or replace' : 'replace';
      problems.push(problemAt(spanOf(inner, pair.value), `"${key}" cannot be overridden so`, expected));
    }
  }
  return keys;
}

/** What is said must be named under `override`, and what is named there must be said. */
function checkOverride(
  item: YamlItem,
  keys: Keys,
  { kind, problems }: { kind: Kind; problems: RuleProblem[] },
): void {
  for (const key of keys.keys())
    if (findPair(item, key) === undefined)
      problems.push(
        problemAt(
          spanOf(item, nodeOf(item, 'override')),
          `"override" names "${key}", which is missing`,
          `"${key}"`,
        ),
      );
  for (const key of overridable[kind].replace)
    if (findPair(item, key) !== undefined && !keys.has(key))
      problems.push(
        problemAt(
          spanOf(item, findPair(item, key)?.key),
          `"${key}" is not named under "override"`,
          'append or replace for it',
        ),
      );
}

const defining = ['condition', 'output', 'desc', 'priority'];

/** The keys that an item changes of an earlier one; nothing when it stands for itself. */
function patchOf(item: YamlItem, kind: Kind, problems: RuleProblem[]): Keys | undefined {
  const isAppending = readBoolean({ ...item, problems }, 'append') ?? false;
  if (findPair(item, 'override') !== undefined) {
    if (isAppending)
      problems.push(
        problemAt(spanOf(item, nodeOf(item, 'override')), 'both "append" and "override"', 'one of them'),
      );
    const keys = readOverride(item, kind, problems);
    if (problems.length === 0) checkOverride(item, keys, { kind, problems });
    return keys;
  }
  const said = overridable[kind].appendAll.filter((key) => findPair(item, key) !== undefined);
  if (isAppending) return new Map(said.map((key) => [key, 'append']));
  const isSwitch = kind === 'rule' && !defining.some((key) => findPair(item, key) !== undefined);
  return isSwitch && findPair(item, 'enabled') !== undefined ? new Map([['enabled', 'replace']]) : undefined;
}

const isReplaced = (keys: Keys): boolean =>
  keys.size > 0 && [...keys.values()].every((mode) => mode === 'replace');

export interface StackedItems {
  /** In the order in which their names came first. */
  readonly items: readonly YamlItem[];
  readonly problems: readonly RuleProblem[];
  readonly notices: readonly RuleProblem[];
}

const here = (item: YamlItem, kind: Kind): RuleProblem['message'] => {
  const { file, line } = problemAt(spanOf(item, nodeOf(item, kind)), '');
  return `${file}:${line}`;
};

function checkRedefinition(item: YamlItem, kind: Kind, earlier: YamlItem): RuleProblem {
  const source = (of: YamlItem): string => readText({ ...of, problems: [] }, 'source') ?? 'syscall';
  const at = spanOf(item, nodeOf(item, kind));
  const name = readText({ ...item, problems: [] }, kind);
  if (kind === 'rule' && source(item) !== source(earlier))
    item.problems.push(
      problemAt(at, `the rule "${name}" has another source in ${here(earlier, kind)}`, source(earlier)),
    );
  return problemAt(at, `the ${kind} "${name}" takes the place of that in ${here(earlier, kind)}`);
}

/** As in Falco, of two items with one name the later one counts, unless it says that it appends or overrides. */
export function stackItems(items: readonly YamlItem[]): StackedItems {
  const stacks = new Map<unknown, Stack>();
  const problems: RuleProblem[] = [];
  const notices: RuleProblem[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const name = kind === undefined ? undefined : readText({ ...item, problems: [] }, kind);
    const key = kind === undefined || name === undefined ? item : `${kind} ${name}`;
    const earlier = stacks.get(key);
    const found: RuleProblem[] = [];
    const keys = kind === undefined ? undefined : patchOf(item, kind, found);
    if (kind === undefined || keys === undefined) {
      if (kind !== undefined && earlier !== undefined)
        notices.push(checkRedefinition(item, kind, earlier.base));
      stacks.set(key, { base: item, patches: [] });
      item.problems.push(...found);
    } else if (earlier === undefined && kind !== 'rule' && isReplaced(keys)) {
      // As in Falco: the whole of a list or macro is there, and stands for itself.
      stacks.set(key, { base: item, patches: [] });
      item.problems.push(...found);
    } else if (earlier === undefined) {
      const message = `there is no ${kind} "${name}" before this that could be changed`;
      problems.push(
        ...found,
        problemAt(spanOf(item, nodeOf(item, kind)), message, 'the whole of it, in an earlier file or above'),
      );
    } else if (earlier.patches.length >= patchLimit) {
      const message = `the ${kind} "${name}" is changed more than ${patchLimit} times`;
      problems.push(problemAt(spanOf(item, nodeOf(item, kind)), message));
    } else {
      earlier.base.problems.push(...found);
      earlier.patches.push({ item: { ...item, problems: earlier.base.problems }, keys });
    }
  }
  const stacked = [...stacks.values()].map(({ base, patches }) => ({ ...base, patches }));
  return { items: stacked, problems, notices };
}
