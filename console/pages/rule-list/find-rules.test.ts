// Finding rules by their words and filters, and their order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HubRule } from '@yagura/contracts';
import { findRules, type RuleFilter } from './find-rules.ts';

const cost = { seen: 0, matched: 0, microseconds: 0, faults: 0, keys: 0, evictions: 0, late: 0 };
const rule = (part: Partial<HubRule>): HubRule => ({
  ...{ id: 'x', version: '1', name: 'x', title: 'X', source: 'syscall', severity: 'low', enabled: true },
  ...{ tactics: [], techniques: [], condition: '', text: '', file: '', origin: 'builtin', cost },
  ...part,
});
const rules = [
  rule({ id: 'drift', title: 'Program not in the image', techniques: ['T1036'], cost: { ...cost, seen: 9 } }),
  rule({ id: 'miner', title: 'Crypto miner', severity: 'critical', condition: 'proc.name in (xmrig)' }),
  rule({ id: 'burst', title: 'Burst', type: 'threshold', origin: 'hub', enabled: false }),
];
const found = (filter: RuleFilter): string[] => findRules(rules, filter).map(({ id }) => id);

test('all words must be there, in any part, in any case', () => {
  assert.deepEqual(found({ text: 'CRYPTO xmrig' }), ['miner']);
  assert.deepEqual(found({ text: 't1036' }), ['drift']);
  assert.deepEqual(found({ text: 'crypto t1036' }), []);
});

test('filters hold together, and the order is what was asked for', () => {
  assert.deepEqual(found({ text: '  ' }), ['miner', 'burst', 'drift']);
  assert.deepEqual(found({ type: 'threshold' }), ['burst']);
  assert.deepEqual(found({ origin: 'builtin', state: 'on', severity: 'low' }), ['drift']);
  assert.deepEqual(found({ state: 'off', origin: 'builtin' }), []);
  assert.deepEqual(found({ sort: 'seen' }), ['drift', 'burst', 'miner']);
});
