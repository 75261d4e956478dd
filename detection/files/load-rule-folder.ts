// Reads the rule files of a folder, or one rule file; tests that stand beside them are left out.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { builtinLists, type DataFiles, readDataFiles } from '../data/data-files.ts';
import { DetectionError } from '../errors.ts';
import { lendDefinitions } from './lend-definitions.ts';
import { type LoadedRules, loadRules } from './load-rules.ts';
import { fileLimitBytes, type RuleFile } from './read-items.ts';

const isTestFile = (name: string): boolean => /\.test\.ya?ml$/.test(name);
const isRuleFile = (name: string): boolean => /\.ya?ml$/.test(name) && !isTestFile(name);

/** The rules that come with Yagura. */
export const builtinRules: URL = new URL('../rules/', import.meta.url);

/** Whoever names the tests of a rule file means that file. */
const pathOf = (place: string | URL): string =>
  place instanceof URL ? fileURLToPath(place) : place.replace(/\.test(\.ya?ml)$/, '$1');

async function orUnreadable<T>(place: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const { message } = cause as Error;
    throw new DetectionError('RULE_FOLDER_UNREADABLE', `cannot read the rules in ${place}: ${message}`, {
      cause,
    });
  }
}

const isFile = async (place: string): Promise<boolean> => (await orUnreadable(place, stat(place))).isFile();

/** A ConfigMap is mounted as links into a folder `..<time>`; what lies there is found by the links. */
const isBehindLinks = (path: string): boolean => path.split(sep).some((part) => /^\.\.[^/]/.test(part));

/** Files and links to files, by name. */
async function filesBelow(folder: string, recursive: boolean): Promise<readonly string[]> {
  const entries = await orUnreadable(folder, readdir(folder, { recursive, withFileTypes: true }));
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ path }) => !isBehindLinks(path.slice(folder.length)));
  const areFiles = await Promise.all(
    paths.map(
      ({ entry, path }) =>
        entry.isFile() ||
        stat(path).then(
          (facts) => facts.isFile(),
          () => false,
        ),
    ),
  );
  return paths
    .filter((_, index) => areFiles[index])
    .map(({ path }) => path)
    .sort();
}

/** One byte more than a rule file may have tells that it is too large, whatever its size. */
const readOne = async (path: string): Promise<RuleFile> => ({
  path,
  text: await orUnreadable(path, text(createReadStream(path, { end: fileLimitBytes }))),
});

/** A folder, with those below it, or one file. */
export async function readRuleFiles(place: string | URL): Promise<readonly RuleFile[]> {
  const root = pathOf(place);
  const paths = (await isFile(root)) ? [root] : (await filesBelow(root, true)).filter(isRuleFile);
  return Promise.all(paths.map(readOne));
}

/** The tests of a folder, with those below it, or all that stand beside one file. */
export async function readTestFiles(place: string | URL): Promise<readonly RuleFile[]> {
  const root = pathOf(place);
  const found = (await isFile(root)) ? await filesBelow(dirname(root), false) : await filesBelow(root, true);
  return Promise.all(found.filter(isTestFile).map(readOne));
}

/** What `items_from` may name: lists of the folder, then those given, stand in for those that come with Yagura. */
export async function readListsFor(place: string | URL, lists: readonly string[] = []): Promise<DataFiles> {
  const root = pathOf(place);
  const own = join((await isFile(root)) ? dirname(root) : root, 'lists');
  const hasOwn = await stat(own).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return readDataFiles([builtinLists, ...(hasOwn ? [own] : []), ...lists]);
}

/** What is loaded together. */
export interface RuleSet {
  readonly files: readonly RuleFile[];
  /** What `items_from` may name. */
  readonly data: DataFiles;
}

/** Definitions that come with Yagura stand in for those that `files` name and do not have. */
export const withBuiltinDefinitions = async (files: readonly RuleFile[]): Promise<readonly RuleFile[]> => [
  lendDefinitions(await readRuleFiles(builtinRules), files),
  ...files,
];

/** `lists`: folders of lists that stand in for those beside the rules. */
export async function readRuleSet(place: string | URL, lists: readonly string[] = []): Promise<RuleSet> {
  const [own, data] = await Promise.all([readRuleFiles(place), readListsFor(place, lists)]);
  return { files: place === builtinRules ? own : await withBuiltinDefinitions(own), data };
}

export async function loadRuleFolder(
  place: string | URL,
  lists: readonly string[] = [],
): Promise<LoadedRules> {
  const { files, data } = await readRuleSet(place, lists);
  return loadRules(files, data);
}
