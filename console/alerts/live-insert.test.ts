// Live alerts in pages that are loaded already.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertSummary } from '@yagura/contracts';
import { type AlertPages, insertAlert, loadedAlerts } from './live-insert.ts';

const alert = (id: string, count = 1): AlertSummary => ({
  ...{ id, rule: 'drift', ruleVersion: '1', title: 'Drift', severity: 'high', source: 'syscall', count },
  ...{ firstSeenAt: '', lastSeenAt: '', raisedAt: '', message: '' },
  ...{ tactics: [], techniques: [], status: 'open', entities: {} },
});

const pages: AlertPages = {
  pages: [
    { items: [alert('a'), alert('b')], next: 'x', total: 3 },
    { items: [alert('c')], total: 3 },
  ],
  pageParams: ['', 'x'],
};
const ids = (data: AlertPages): string[] => loadedAlerts(data).map(({ id }) => id);

test('a new alert comes first', () => {
  assert.deepEqual(ids(insertAlert(pages, alert('d'), true)), ['d', 'a', 'b', 'c']);
});

test('an alert counted up moves to the front with its new count, from any page', () => {
  const moved = insertAlert(pages, alert('c', 5), true);
  assert.deepEqual(ids(moved), ['c', 'a', 'b']);
  assert.equal(loadedAlerts(moved)[0]?.count, 5);
});

test('an alert that no longer matches leaves; one that never did changes nothing', () => {
  assert.deepEqual(ids(insertAlert(pages, alert('b'), false)), ['a', 'c']);
  assert.equal(insertAlert(pages, alert('z'), false), pages);
});

test('an alert that two pages have is shown once', () => {
  const twice = { ...pages, pages: [...pages.pages, { items: [alert('a', 9)], total: 3 }] };
  assert.deepEqual(ids(twice), ['a', 'b', 'c']);
  assert.equal(loadedAlerts(twice)[0]?.count, 1);
  assert.deepEqual(loadedAlerts(undefined), []);
});
