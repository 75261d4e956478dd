// The house as the checks see it: its files with their text and imports, its workspaces and its floors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './list-files.ts';
import { type Import, readImports } from './read-imports.ts';

export interface Workspace {
  readonly folder: string;
  readonly name: string;
  readonly dependencies: readonly string[];
  /** Files that others may import, relative to the folder. */
  readonly exports: readonly string[];
}

export interface House {
  readonly root: string;
  readonly files: readonly string[];
  readonly workspaces: readonly Workspace[];
  /** Room → floor, from the table of ARCHITECTURE.md. */
  readonly floors: ReadonlyMap<string, number>;
  text(file: string): string;
  imports(file: string): readonly Import[];
}

export const isCode = (file: string): boolean => /\.(ts|tsx|mjs)$/.test(file);
export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
export const isCSource = (file: string): boolean => /\.(c|h)$/.test(file);
export const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** The workspace that a file lies in, the innermost first. */
export const workspaceOf = (house: House, file: string): Workspace | undefined =>
  house.workspaces
    .filter(({ folder }) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];

/** A row is: | `room` | floor | job | */
const readFloors = (architecture: string): ReadonlyMap<string, number> =>
  new Map(
    [...architecture.matchAll(/^\|\s*`([\w-]+)`\s*\|\s*(\d)\s*\|/gm)].map((row) => [
      row[1] ?? '',
      Number(row[2]),
    ]),
  );

const readWorkspace = (folder: string, text: string): Workspace => {
  const { name, dependencies = {}, devDependencies = {}, exports = {} } = JSON.parse(text);
  return {
    folder,
    name,
    dependencies: Object.keys({ ...dependencies, ...devDependencies }),
    exports: Object.values<string>(exports),
  };
};

const remembered = <T>(read: (file: string) => T): ((file: string) => T) => {
  const known = new Map<string, T>();
  return (file) => {
    const value = known.get(file) ?? read(file);
    known.set(file, value);
    return value;
  };
};

export const readHouse = (root: string): House => {
  const text = remembered((file) => readFileSync(join(root, file), 'utf8'));
  const folders: readonly string[] = JSON.parse(text('package.json')).workspaces;
  return {
    root,
    files: listFiles(root),
    workspaces: folders.map((folder) => readWorkspace(folder, text(`${folder}/package.json`))),
    floors: readFloors(text('ARCHITECTURE.md')),
    text,
    imports: remembered((file) => readImports(text(file))),
  };
};

export const houseRoot = join(import.meta.dirname, '../..');
