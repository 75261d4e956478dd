// Reads all rule files of a folder; tests that stand beside them are left out.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinLists, type DataFiles, readDataFiles } from '../data/data-files.ts';
import { DetectionError } from '../errors.ts';
import { type LoadedRules, loadRules } from './load-rules.ts';
import type { RuleFile } from './read-items.ts';

const isRuleFile = (name: string): boolean => /\.ya?ml$/.test(name) && !isTestFile(name);
export const isTestFile = (name: string): boolean => /\.test\.ya?ml$/.test(name);

/** The rules that come with Yagura. */
export const builtinRules: URL = new URL('../rules/', import.meta.url);

export const folderPath = (folder: string | URL): string =>
  folder instanceof URL ? fileURLToPath(folder) : folder;

export async function readRuleFiles(
  folder: string | URL,
  accepts = isRuleFile,
): Promise<readonly RuleFile[]> {
  const root = folderPath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause: Error) => {
    throw new DetectionError('RULE_FOLDER_UNREADABLE', `cannot read the rules in ${root}: ${cause.message}`, {
      cause,
    });
  });
  const paths = entries
    .filter((entry) => entry.isFile() && accepts(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

/** What `items_from` may name: lists of the folder, then those given, stand in for those that come with Yagura. */
export async function readListsFor(folder: string | URL, lists: readonly string[] = []): Promise<DataFiles> {
  const own = join(folderPath(folder), 'lists');
  const hasOwn = await stat(own).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return readDataFiles([builtinLists, ...(hasOwn ? [own] : []), ...lists]);
}

/** `lists`: folders of lists that stand in for those beside the rules. */
export async function loadRuleFolder(
  folder: string | URL,
  lists: readonly string[] = [],
): Promise<LoadedRules> {
  return loadRules(await readRuleFiles(folder), await readListsFor(folder, lists));
}
