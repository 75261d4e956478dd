// Finding rules by their words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleInfo } from '@yagura/contracts';
import { findRules } from './find-rules.ts';

const rule = (part: Partial<RuleInfo>): RuleInfo => ({
  ...{ id: 'x', version: '1', name: 'x', title: 'X', source: 'syscall', severity: 'low', enabled: true },
  ...{ tactics: [], techniques: [], condition: '', text: '', file: '' },
  ...part,
});
const rules = [
  rule({ id: 'drift', title: 'Program not in the image', techniques: ['T1036'] }),
  rule({ id: 'miner', title: 'Crypto miner', severity: 'critical', condition: 'proc.name in (xmrig)' }),
];
const found = (text: string): string[] => findRules(rules, text).map(({ id }) => id);

test('all words must be there, in any part, in any case', () => {
  assert.deepEqual(found('CRYPTO xmrig'), ['miner']);
  assert.deepEqual(found('t1036'), ['drift']);
  assert.deepEqual(found('crypto t1036'), []);
});

test('without words all are there, the gravest first', () => {
  assert.deepEqual(found('  '), ['miner', 'drift']);
});
