// Every package that is installed for use has a licence on the list.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseRoot } from '../house/house.ts';
import { isAllowed } from './licences.ts';

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const readJson = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8'));

/** What lies in node_modules is believed over the lock; packages of other platforms are in the lock only. */
const licenceOf = (path: string, entry: Entry): string => {
  const installed = join(houseRoot, path, 'package.json');
  const own = existsSync(installed) ? readJson(installed)['license'] : undefined;
  return typeof own === 'string' ? own : (entry.license ?? 'unknown');
};

test('every production dependency has an allowed licence', () => {
  const { packages } = readJson(join(houseRoot, 'package-lock.json')) as { packages: Record<string, Entry> };
  const used = Object.entries(packages).filter(
    ([path, entry]) => path.startsWith('node_modules/') && !entry.dev && !entry.link,
  );
  assert.ok(used.length > 50, 'the lock file was not read');
  const refused = used
    .map(([path, entry]) => ({ path, licence: licenceOf(path, entry) }))
    .filter(({ licence }) => !isAllowed(licence));
  assert.deepEqual(refused, []);
});

test('expressions are read', () => {
  assert.ok(isAllowed('(MIT OR GPL-3.0-only)'));
  assert.ok(isAllowed('MIT AND ISC'));
  assert.ok(!isAllowed('MIT AND GPL-3.0-only'));
  assert.ok(!isAllowed('unknown'));
});

test('the licences that files of this house name are here', () => {
  assert.match(readFileSync(join(houseRoot, 'LICENSE'), 'utf8'), /Apache License\s+Version 2\.0/);
  const gpl = readFileSync(join(houseRoot, 'LICENSES/GPL-2.0.txt'), 'utf8');
  assert.match(gpl, /GNU GENERAL PUBLIC LICENSE\s+Version 2/);
});
