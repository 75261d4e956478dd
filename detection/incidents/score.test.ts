// The score of an incident: grows with distinct tactics, not with repeats; explained in parts; never above 100.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severities, tactics } from '@yagura/contracts';
import { type Scored, scoreOf } from './score.ts';

const alert = (over: Partial<Scored> = {}): Scored => ({
  tactics: ['Execution'],
  severity: 'medium',
  source: 'syscall',
  ...over,
});

test('repeats change nothing, each new tactic raises the score', () => {
  const one = scoreOf([alert()]);
  assert.deepEqual(scoreOf([alert(), alert(), alert()]), one);
  const next = scoreOf([alert(), alert({ tactics: ['execution', 'credential_access'] })]);
  assert.ok(next.score > one.score);
  assert.deepEqual(next.tactics, ['Execution', 'Credential Access']);
});

test('the parts add up, explain themselves, and stay within 100', () => {
  const worst = severities.map((severity, n) =>
    alert({ severity, tactics: [...tactics], source: n % 2 === 0 ? 'syscall' : 'k8s_audit' }),
  );
  for (const alerts of [[], [alert()], worst]) {
    const { score, parts } = scoreOf(alerts);
    assert.equal(
      score,
      parts.reduce((sum, { points }) => sum + points, 0),
    );
    assert.ok(parts.every(({ points, limit, why }) => points <= limit && why.length > 0));
  }
  assert.equal(scoreOf(worst).score, 100);
  assert.equal(scoreOf([]).score, 0);
  assert.match(scoreOf([alert()]).parts[0]?.why ?? '', /^Execution 8$/);
});

test('the worst severity counts, once', () => {
  const { severity, parts } = scoreOf([alert({ severity: 'low' }), alert({ severity: 'critical' })]);
  assert.equal(severity, 'critical');
  assert.equal(parts[1]?.points, 30);
});
