// The filter between address, hub and live alerts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlertQuery, type AlertSummary } from '@yagura/contracts';
import { urls } from '../app/urls.ts';
import {
  type AlertFilter,
  filterSearch,
  isNarrowed,
  matchesFilter,
  parseFilter,
  toAlertQuery,
} from './filter.ts';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const alert: AlertSummary = {
  ...{
    id: 'a',
    rule: 'drift',
    ruleVersion: '1',
    title: 'Drift',
    severity: 'high',
    source: 'syscall',
    count: 1,
  },
  ...{
    firstSeenAt: '2026-11-24T10:00:00Z',
    lastSeenAt: '2026-11-24T11:30:00Z',
    raisedAt: '2026-11-24T10:00:01Z',
  },
  ...{ message: '', tactics: [], techniques: [], status: 'open' },
  entities: { cluster: 'prod-eu', namespace: 'shop', node: 'node-1' },
};

const everything: AlertFilter = {
  ...{
    status: 'closed',
    severity: 'high',
    suppressed: 'all',
    rule: 'drift',
    cluster: 'prod-eu',
    namespace: 'shop',
    node: 'node-1',
  },
  ...{ since: '24h', until: '2026-11-24T12:00:00.000Z' },
};

test('an address keeps the whole filter and gives it back', () => {
  const url = new URL(urls.alerts(everything), 'http://hub');
  assert.deepEqual(parseFilter(Object.fromEntries(url.searchParams)), everything);
});

test('the plain list has a plain address', () => {
  assert.equal(urls.alerts(parseFilter({})), '/alerts');
  assert.deepEqual(Object.values(filterSearch({ status: 'open' })).filter(Boolean), []);
});

test('what an address says wrongly filters nothing', () => {
  const filter = parseFilter({
    status: 'ajar',
    severity: 'awful',
    since: 'yesterday',
    until: '24',
    node: '',
  });
  assert.deepEqual(filter, parseFilter({}));
  assert.equal(isNarrowed(filter), false);
});

test('names that look like numbers stay text', () => {
  assert.equal(parseFilter({ node: 123 }).node, '123');
  assert.equal(parseFilter({ namespace: '007' }).namespace, '007');
});

test('the hub is asked in the words of the contract, with ages as points in time', () => {
  const query = toAlertQuery(everything, nowMs);
  assert.deepEqual(
    Object.keys(query).filter((name) => !(name in AlertQuery.properties)),
    [],
  );
  assert.equal(query.since, '2026-11-23T12:00:00.000Z');
  assert.equal('status' in toAlertQuery(parseFilter({ status: 'all' }), nowMs), false);
  assert.equal(toAlertQuery(parseFilter({}), nowMs).status, 'open');
});

test('a live alert is held against every part of the filter', () => {
  assert.equal(matchesFilter(alert, { ...everything, status: 'open' }, nowMs), true);
  assert.equal(matchesFilter(alert, { status: 'all' }, nowMs), true);
  const others: readonly Partial<AlertFilter>[] = [
    { status: 'closed' },
    { severity: 'low' },
    { rule: 'other' },
    { cluster: 'staging' },
    { namespace: 'build' },
    { node: 'node-2' },
    { since: '10m' },
    { until: '2026-11-24T11:00:00Z' },
  ];
  for (const part of others) {
    assert.equal(matchesFilter(alert, { status: 'open', ...part }, nowMs), false, JSON.stringify(part));
  }
});
