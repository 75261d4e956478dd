// Which files of a folder of lists do nothing, so that whoever put them there does not rely on them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { countriesFile } from './countries.ts';
import { dataLines, readDataFiles } from './data-files.ts';

type Text = { readonly text: string };

const toldLimit = 5;

const namesIn = ({ text }: Text): readonly string[] =>
  [...text.matchAll(/\bitems_from:\s*["']?([a-z0-9][a-z0-9._-]{0,99})/g)].map(([, name = '']) => name);

/** ConfigMaps are mounted with folders and links whose names begin with a dot. */
const isMeant = (name: string): boolean => !name.startsWith('.') && !/^readme|^licen[cs]e/i.test(name);

const shorten = (told: readonly string[], folder: string): readonly string[] =>
  told.length <= toldLimit
    ? told
    : [...told.slice(0, toldLimit), `${folder}: so are ${told.length - toldLimit} more files`];

async function noticesOf(folder: string, read: ReadonlySet<string>): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter(isMeant).sort();
  const known = `names that are read: ${[...read].sort().join(', ')}`;
  const unread = names.filter((name) => !read.has(name)).map((name) => join(folder, name));
  const files = [...(await readDataFiles([folder]))].filter(([name]) => read.has(name));
  const empty = files.filter(([, file]) => dataLines(file).next().done === true);
  return [
    ...(names.length === 0 ? [`${folder}: there is no list in it; ${known}`] : []),
    ...shorten(
      unread.map((path) => `${path}: nothing reads a file of this name; ${known}`),
      folder,
    ),
    ...empty.map(([, { path }]) => `${path}: this list is empty, so that nothing is found in it`),
  ];
}

/** One line each. `files`: the rules that may name lists. A folder that cannot be read is told by whoever loads it. */
export async function listNotices(
  folders: readonly string[],
  files: readonly Text[],
): Promise<readonly string[]> {
  const read = new Set([countriesFile, ...files.flatMap(namesIn)]);
  const told = await Promise.all(folders.map((folder) => noticesOf(folder, read).catch(() => [])));
  return told.flat();
}
