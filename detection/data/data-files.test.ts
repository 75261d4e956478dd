// Lists in files of their own: found, replaced, and told when a line or a file is wrong.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  createEngine,
  expandEvent,
  formatProblem,
  type LoadedRules,
  loadCountries,
  loadRuleFolder,
} from '../index.ts';
import { builtinLists, readDataFiles } from './data-files.ts';
import { listNotices } from './unread-lists.ts';

const rule = `- list: exits
  items_from: exits.txt
- rule: Exit
  desc: d
  source: k8s_audit
  condition: ka.sourceips within (exits, 198.51.100.0/24)
  output: from %ka.sourceips
  priority: INFO
`;

async function folderOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-lists-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

function fires({ rules }: LoadedRules, from: string): boolean {
  const expanded = expandEvent({ audit: { verb: 'get', resource: 'pods', from } }, 0);
  assert.ok(expanded.ok);
  return createEngine(rules).evaluate(expanded.event).length > 0;
}

test('a list beside the rules is found, and one given stands in for it', async (t) => {
  const rules = await folderOf(t, {
    'exit.yaml': rule,
    'lists/exits.txt': '# ours\n192.0.2.0/25 # half\n\n',
  });
  const lists = await folderOf(t, { 'exits.txt': '2001:db8::/48\r\n' });
  const [own, given] = [await loadRuleFolder(rules), await loadRuleFolder(rules, [lists])];
  assert.deepEqual(own.problems, []);
  const verdicts = (loaded: LoadedRules): readonly boolean[] =>
    ['192.0.2.1', '192.0.2.200', '2001:db8::9', '198.51.100.1'].map((from) => fires(loaded, from));
  assert.deepEqual(verdicts(own), [true, false, false, true]);
  assert.deepEqual(verdicts(given), [false, false, true, true]);
  assert.notEqual(own.rules[0]?.info.version, given.rules[0]?.info.version);
});

test('a line that is no address costs itself, a list that is not there the rule', async (t) => {
  const bad = await folderOf(t, { 'exit.yaml': rule, 'lists/exits.txt': '192.0.2.1\nhost.example\nx\n' });
  const none = await folderOf(t, { 'exit.yaml': rule.replace('exits.txt', 'tor-exit-node.txt') });
  const loaded = await loadRuleFolder(bad);
  assert.ok(fires(loaded, '192.0.2.1'));
  assert.match(
    loaded.problems.map(formatProblem).join('\n'),
    /exits\.txt:2:1: "host\.example" is no address and no network, as are 1 more lines; left out/,
  );
  const missing = await loadRuleFolder(none);
  assert.equal(missing.rules.length, 0);
  assert.match(missing.problems.map(formatProblem).join('\n'), /did you mean "tor-exit-nodes\.txt"/);
});

test('of a list with too many lines the first ones count, and it is told', async (t) => {
  const lines = Array.from({ length: 100_001 }, (_, n) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}\n`);
  const loaded = await loadRuleFolder(
    await folderOf(t, { 'exit.yaml': rule, 'lists/exits.txt': lines.join('') }),
  );
  assert.ok(fires(loaded, '10.1.134.159'));
  assert.ok(!fires(loaded, '10.1.134.160'));
  assert.match(
    loaded.problems.map(formatProblem).join('\n'),
    /exits\.txt:100001:1: more than 100000 values in a list: from "10\.1\.134\.160" on they are left out/,
  );
});

test('files that nothing reads and empty lists are told, with the names that are read', async (t) => {
  const lists = await folderOf(t, {
    'exits.txt': '# none yet\n',
    torbulkexitlist: '192.0.2.1\n',
    'tor.csv.gz': 'x',
    'other.txt': '192.0.2.1\n',
    'address-countries.csv': '192.0.2.0/24,JP\n',
    '..data': '',
    'README.md': 'x',
  });
  const told = await listNotices([lists], [{ text: rule }]);
  assert.deepEqual(
    told.map((line) => line.slice(lists.length + 1)),
    [
      ...['other.txt', 'tor.csv.gz', 'torbulkexitlist'].map(
        (name) =>
          `${name}: nothing reads a file of this name; names that are read: address-countries.csv, exits.txt`,
      ),
      'exits.txt: this list is empty, so that nothing is found in it',
    ],
  );
  const many = await folderOf(t, Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`x${n}`, ''])));
  assert.match((await listNotices([many], [])).at(-1) ?? '', /so are 4 more files$/);
  assert.match((await listNotices([await folderOf(t, {})], [])).join(), /there is no list in it/);
  assert.deepEqual(await listNotices(['/nowhere/at/all'], []), []);
});

test('a folder of lists that is not there', async () => {
  await assert.rejects(readDataFiles(['/nowhere/at/all']), { code: 'LIST_FOLDER_UNREADABLE' });
});

test('countries by network and by first and last address; other lines are told', async (t) => {
  const folder = await folderOf(t, {
    'address-countries.csv':
      '192.0.2.0/24,JP\n"198.51.100.0","198.51.100.9","DE"\n2001:db8::,2001:db8::ffff,FR\nnonsense\nx,y,zz\n',
  });
  const { countries, problems } = loadCountries(await readDataFiles([builtinLists, folder]));
  const found = ['192.0.2.7', '198.51.100.9', '198.51.100.10', '2001:db8::1', '133.1.1.1'].map(
    countries.find,
  );
  assert.deepEqual(found, ['JP', 'DE', undefined, 'FR', undefined]);
  assert.match(problems.map(formatProblem).join('\n'), /csv:4:1: 2 lines are left out/);
  assert.equal(loadCountries(new Map()).countries.find('192.0.2.7'), undefined);
});

test('the country of an address is a field', async () => {
  const { countries } = loadCountries(await readDataFiles([builtinLists]));
  const folder = await loadRuleFolder(new URL('../rules/', import.meta.url));
  assert.deepEqual(folder.problems, []);
  const { loadRules } = await import('../index.ts');
  const text = rule.replace(
    'ka.sourceips within (exits, 198.51.100.0/24)',
    'ka.sourceips.country intersects (JP)',
  );
  const { rules } = loadRules([{ path: 'r.yaml', text: text.slice(text.indexOf('- rule')) }]);
  const event = expandEvent({ audit: { verb: 'get', resource: 'pods', from: '133.1.2.3' } }, 0);
  assert.ok(event.ok);
  assert.equal(createEngine(rules, { countries }).evaluate(event.event).length, 1);
  assert.equal(createEngine(rules).evaluate(event.event).length, 0);
});
