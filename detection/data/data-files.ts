// Lists and tables that rules look things up in, as plain files that a user may replace by fresher ones.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DetectionError } from '../errors.ts';
import type { Span } from '../language/source-text.ts';

export interface DataFile {
  readonly path: string;
  readonly text: string;
}

/** By file name. */
export type DataFiles = ReadonlyMap<string, DataFile>;

export interface DataLine {
  readonly text: string;
  readonly span: Span;
}

/** The lists that come with Yagura. */
export const builtinLists: URL = new URL('../rules/lists/', import.meta.url);

/** A table of all networks of the world has about 40 MB. */
const fileLimitBytes = 128 * 1024 * 1024;
const isDataFileName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]{0,99}\.(?:txt|csv)$/.test(name);

const unreadable = (folder: string, cause: Error): DetectionError =>
  new DetectionError('LIST_FOLDER_UNREADABLE', `cannot read the lists in ${folder}: ${cause.message}`, {
    cause,
  });

async function readFolder(folder: string): Promise<readonly (readonly [string, DataFile])[]> {
  const names = (await readdir(folder)).filter(isDataFileName).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size } = await stat(path);
      if (size > fileLimitBytes) throw new Error(`${path} is larger than ${fileLimitBytes} bytes`);
      return [name, { path, text: await readFile(path, 'utf8') }] as const;
    }),
  );
}

/** Files of later folders stand in for files of the same name in earlier ones. */
export async function readDataFiles(folders: readonly (string | URL)[]): Promise<DataFiles> {
  const files = new Map<string, DataFile>();
  for (const place of folders) {
    const folder = place instanceof URL ? fileURLToPath(place) : place;
    const found = await readFolder(folder).catch((cause: Error) => {
      throw unreadable(folder, cause);
    });
    for (const [name, file] of found) files.set(name, file);
  }
  return files;
}

/** Lines without blank ones and without comments, which begin with `#`. One at a time: a table has half a million. */
export function* dataLines({ path, text }: DataFile): Generator<DataLine> {
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    number += 1;
    const line = text
      .slice(start, end)
      .replace(/(?:^|\s)#.*$/, '')
      .trim();
    start = end + 1;
    if (line !== '') yield { text: line, span: spanOf({ path, line, number }) };
  }
}

function spanOf({ path, line, number }: { path: string; line: string; number: number }): Span {
  const source = { file: path, text: line, locate: () => ({ line: number, column: 1 }) };
  return { source, start: 0, end: line.length };
}
