// The tree of values grows by what rules tell apart, not by what clients make up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditGlance, GlanceField, GlanceValue } from '@yagura/contracts';
import type { Guess } from './guess.ts';
import { createValueTree } from './value-tree.ts';

const glanceAt = (values: Partial<Record<GlanceField, GlanceValue>>): AuditGlance => ({
  raw: (field) => JSON.stringify(values[field] ?? null),
  read: (field) => values[field],
});

const is = (field: GlanceField, ...wanted: readonly GlanceValue[]): Guess => ({
  kind: 'test',
  field,
  holds: (value) => wanted.includes(value),
});

const rules = [
  { rule: 'exec', guess: { kind: 'and', parts: [is('verb', 'create', 'get'), is('subresource', 'exec')] } },
  { rule: 'list', guess: { kind: 'and', parts: [is('verb', 'list'), is('resource', 'secrets')] } },
  { rule: 'others', guess: { kind: 'not', part: is('verb', 'get', 'list') } },
] as const;

test('values that all rules take alike lead to one place', () => {
  const find = createValueTree<string>(rules, { isAnyEnough: false });
  const rulesAt = (values: Partial<Record<GlanceField, GlanceValue>>) => find(glanceAt(values))?.rules;
  assert.deepEqual(rulesAt({ verb: 'create', subresource: 'exec' }), ['exec', 'others']);
  assert.deepEqual(rulesAt({ verb: 'get', subresource: 'exec' }), ['exec']);
  assert.deepEqual(rulesAt({ verb: 'list', resource: 'secrets' }), ['list']);
  assert.deepEqual(rulesAt({ verb: 'list', resource: 'pods' }), []);
  const made = ['v1', 'v2', 'v3'].map((verb) => find(glanceAt({ verb })));
  assert.deepEqual(made[0]?.rules, ['others']);
  assert.equal(new Set(made).size, 1);
  const below = ['r1', 'r2'].map((resource) => find(glanceAt({ verb: 'list', resource })));
  assert.equal(new Set(below).size, 1);
});
