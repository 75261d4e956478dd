// Where rules come from: what is built in, folders of the operator, and files that are kept in the hub.
import { createHash } from 'node:crypto';
import type { RuleOrigin, StoredRuleFile } from '@yagura/contracts';
import {
  builtinRules,
  type DataFiles,
  lendDefinitions,
  listNotices,
  type RuleFile,
  readListsFor,
  readRuleSet,
} from '@yagura/detection';

/** Files that share lists and macros. */
export interface RuleSource {
  /** The folder, or `hub`. */
  readonly key: string;
  readonly origin: RuleOrigin;
  readonly files: readonly RuleFile[];
  readonly data: DataFiles;
  /** The same for the same text. */
  readonly digest: string;
}

/** A folder that cannot be read. */
export interface MissingSource {
  readonly key: string;
  readonly problem: string;
}

export interface RuleFolders {
  readonly rules: readonly string[];
  /** Lists that stand in for those beside the rules. */
  readonly lists: readonly string[];
}

export interface RuleSources {
  readonly sources: readonly (RuleSource | MissingSource)[];
  readonly problems: readonly string[];
  /** Files of the operator's lists that do nothing. */
  readonly notices: readonly string[];
  /** Of the built-in rules and the operator's lists: what rules know of addresses. */
  readonly data: DataFiles;
}

export const isMissing = (source: RuleSource | MissingSource): source is MissingSource => 'problem' in source;

const hubFileName = (name: string): string => `${name}.yaml`;
export const nameOfHubFile = (path: string): string => path.replace(/\.yaml$/, '');

function digestOf(files: readonly RuleFile[], data: DataFiles): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`);
  for (const [name, { text }] of data) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

async function readFolder(
  folder: string | URL,
  lists: readonly string[],
): Promise<RuleSource | MissingSource> {
  const key = String(folder);
  try {
    const { files, data } = await readRuleSet(folder, lists);
    const origin = folder === builtinRules ? 'builtin' : 'folder';
    return { key, origin, files, data, digest: digestOf(files, data) };
  } catch (error) {
    return { key, problem: `${key}: ${(error as Error).message}` };
  }
}

/** Files of the hub may use the built-in lists and macros, so that a copy of a built-in rule works as it stands. */
export function hubSource(
  stored: readonly Pick<StoredRuleFile, 'name' | 'text'>[],
  builtin: Pick<RuleSource, 'files' | 'data'>,
): RuleSource {
  const own = stored.map(({ name, text }) => ({ path: hubFileName(name), text }));
  const files = own.length === 0 ? [] : [lendDefinitions(builtin.files, own), ...own];
  return { key: 'hub', origin: 'hub', files, data: builtin.data, digest: digestOf(files, builtin.data) };
}

/** A folder of lists that cannot be read costs only itself: the lists that come with Yagura are then used. */
async function readableLists(folders: readonly string[], problems: string[]): Promise<readonly string[]> {
  const readable: string[] = [];
  for (const folder of folders) {
    const lists = await readListsFor(builtinRules, [folder]).catch((error: Error) => error);
    if (lists instanceof Error) problems.push(`${folder}: ${lists.message}`);
    else readable.push(folder);
  }
  return readable;
}

export async function readSources(
  folders: RuleFolders,
  stored: readonly StoredRuleFile[],
): Promise<RuleSources> {
  const problems: string[] = [];
  const lists = await readableLists(folders.lists, problems);
  const sources = await Promise.all(
    [builtinRules, ...folders.rules].map((folder) => readFolder(folder, lists)),
  );
  const [first] = sources;
  const builtin =
    first === undefined || isMissing(first) ? { files: [], data: await readListsFor(builtinRules) } : first;
  const all = [...sources, hubSource(stored, builtin)];
  const files = all.flatMap((source) => (isMissing(source) ? [] : source.files));
  return { sources: all, problems, notices: await listNotices(lists, files), data: builtin.data };
}
