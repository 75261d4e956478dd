// npm packages as package-lock.json knows them.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Component } from '../image.ts';

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  /** Keys of what a package or workspace names, workspaces by their folder. Types are left out. */
  dependenciesOf(key: string): readonly string[];
  nameOf(key: string): string;
  component(key: string): Component;
}

const licenceName = /^(licen[cs]e|copying)/i;

/** Throws when a key is not in the lock file: it is out of step with node_modules. */
export async function readLock(root: string): Promise<Lock> {
  const text = await readFile(join(root, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, LockEntry>> };
  const entryOf = (key: string): LockEntry => {
    const entry = packages[key];
    if (entry === undefined) throw new Error(`package-lock.json has no ${key}: npm install`);
    return entry;
  };
  const nameOf = (key: string): string =>
    entryOf(key).name ?? key.slice(key.lastIndexOf('node_modules/') + 13);
  return {
    nameOf,
    dependenciesOf: (key) => {
      const { dependencies = {}, optionalDependencies = {} } = entryOf(key);
      return Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !name.startsWith('@types/'))
        .flatMap((name) => resolve(packages, key, name) ?? []);
    },
    component: (key) => {
      const { version = '', license } = entryOf(key);
      const name = nameOf(key);
      const file = readdirSync(join(root, key)).find((one) => licenceName.test(one));
      return {
        name,
        version,
        purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
        ...(license ? { licence: license } : {}),
        ...(file ? { licenceFile: join(root, key, file) } : {}),
      };
    },
  };
}

/** As Node looks a package up: beside the one that asks, then further out. */
function resolve(
  packages: Readonly<Record<string, LockEntry>>,
  from: string,
  name: string,
): string | undefined {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const key = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    const entry = packages[key];
    if (entry?.link) return entry.resolved;
    if (entry) return key;
    if (base === '') return undefined;
  }
}

/** The key of the package that a bundled module is part of; nothing for code of the house. */
export function packageOfModule(root: string, id: string): string | undefined {
  const path = relative(root, id.replace(/^\0/, ''));
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}
