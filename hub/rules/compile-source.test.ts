// One source of rules, read again and again: what is broken goes on as it was, what is removed goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompiledSource, compileSource } from './compile-source.ts';
import { mergeRules } from './merge-rules.ts';
import { hubSource, type RuleSource } from './rule-source.ts';

const rule = (id: string, condition: string): string =>
  `- rule: ${id}\n  id: ${id}\n  desc: x\n  condition: ${condition}\n  output: x\n  source: k8s_audit\n  priority: NOTICE\n`;
const source = (
  files: Readonly<Record<string, string>>,
  origin: RuleSource['origin'] = 'folder',
): RuleSource => ({
  ...{ key: 'folder', origin, data: new Map(), digest: JSON.stringify(files) },
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
});
const good = source({ 'a.yaml': rule('a', 'ka.verb=get'), 'b.yaml': rule('b', 'ka.verb=list') });
const compiled = (given: RuleSource, before?: CompiledSource): CompiledSource =>
  compileSource(given, before) ?? assert.fail();
const summary = ({ rules }: CompiledSource) =>
  rules
    .map(({ loaded, stale }) => `${loaded.info.id} ${loaded.info.condition}${stale ? ' stale' : ''}`)
    .sort();

test('a broken rule goes on as it was, others go live, and a removed one goes', () => {
  const first = compiled(good);
  assert.equal(compiled(good, first), first, 'the same text is not compiled again');
  const broken = source({ 'a.yaml': rule('a', 'ka.verb=('), 'b.yaml': rule('b', 'ka.verb=watch') });
  const second = compiled(broken, first);
  assert.deepEqual(summary(second), ['a ka.verb=get stale', 'b ka.verb=watch']);
  assert.match(second.rules.find(({ stale }) => stale)?.stale ?? '', /^a\.yaml:4:/);
  assert.deepEqual(summary(compiled(source({ 'a.yaml': rule('a', 'ka.verb=patch') }), second)), [
    'a ka.verb=patch',
  ]);
});

test('a folder that cannot be read keeps all its rules, and none where it never could', () => {
  const gone = { key: 'folder', problem: 'folder: not there' };
  const kept = compileSource(gone, compiled(good)) ?? assert.fail();
  assert.deepEqual(summary(kept), ['a ka.verb=get stale', 'b ka.verb=list stale']);
  assert.deepEqual(mergeRules([kept], { files: [], switches: new Map() }).problems, ['folder: not there']);
  assert.deepEqual(compileSource(gone, undefined)?.rules, []);
});

test('an id that is taken is a problem, unless the file says that it overrides; a switch turns a rule off', () => {
  const builtin = compiled(source({ 'a.yaml': rule('a', 'ka.verb=get') }, 'builtin'));
  const own = compiled(hubSource([{ name: 'mine', text: rule('a', 'ka.verb=delete') }], good));
  const merge = (overrides: string[]) =>
    mergeRules([builtin, own], {
      files: [{ name: 'mine', overrides }],
      switches: new Map([['a', { enabled: false, reason: 'noise', by: 'ann', at: 'now' }]]),
    });
  const refused = merge([]);
  assert.match(refused.problems.join(), /mine\.yaml: the rule id a is taken by a built-in rule/);
  assert.equal(refused.rules[0]?.loaded.info.condition, 'ka.verb=get');
  const taken = merge(['a']);
  assert.deepEqual(taken.problems, []);
  assert.equal(taken.rules[0]?.loaded.info.condition, 'ka.verb=delete');
  assert.equal(taken.rules[0]?.loaded.info.enabled, false);
  assert.deepEqual(
    [taken.rules[0]?.facts.overrides, taken.rules[0]?.facts.ruleFile, taken.rules[0]?.facts.switch?.reason],
    [true, 'mine', 'noise'],
  );
});

test('files of the hub may use built-in macros, and define their own of the same name', () => {
  const lender = source({
    'shared.yaml': '- macro: reads\n  condition: ka.verb=get\n- list: l\n  items: [a]\n',
  });
  const borrowed = compiled(
    hubSource([{ name: 'mine', text: rule('x', 'reads and ka.user.name in (l)') }], lender),
  );
  assert.deepEqual(borrowed.problems, []);
  const text = `- macro: reads\n  condition: ka.verb=list\n${rule('x', 'reads')}`;
  assert.deepEqual(compiled(hubSource([{ name: 'mine', text }], lender)).problems, []);
});
