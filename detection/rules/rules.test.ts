// Every built-in rule loads, has what a reader needs, and behaves as its own tests say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtinRules, formatProblem, lintRules, loadRuleFolder, runRuleTests } from '../index.ts';

test('every rule passes its tests', async () => {
  const report = await runRuleTests(builtinRules);
  const failures = report.rules.flatMap((rule) => [
    ...(rule.message === undefined ? [] : [`${rule.rule}: ${rule.message}`]),
    ...rule.cases.filter(({ ok }) => !ok).map((entry) => `${rule.rule}: ${entry.name}: ${entry.message}`),
  ]);
  assert.deepEqual([...report.problems.map(formatProblem), ...failures], []);
  assert.ok(report.passed > 80, `${report.passed} cases ran`);
});

test('every rule is complete', async () => {
  assert.deepEqual((await lintRules(builtinRules)).map(formatProblem), []);
});

test('the first twelve are there, six a source', async () => {
  const { rules } = await loadRuleFolder(builtinRules);
  const ids = (source: string): string[] =>
    rules.filter(({ info }) => info.source === source).map(({ info }) => info.id);
  for (const id of [
    'privileged-container',
    'sensitive-host-path',
    'cluster-admin-binding',
    'exec-into-pod',
    'events-deleted',
    'secrets-read-in-bulk',
  ])
    assert.ok(ids('k8s_audit').includes(id), id);
  for (const id of [
    'shell-below-web-server',
    'reverse-shell',
    'download-piped-into-shell',
    'crypto-miner',
    'package-manager-in-container',
    'drift',
  ])
    assert.ok(ids('syscall').includes(id), id);
});
