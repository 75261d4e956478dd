// Which alerts become one incident and which do not: order, gaps, merges, repeats, late ones, and things too common.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertSource, Entities } from '@yagura/contracts';
import { activitiesOf } from './activities.ts';
import { Book, type Known } from './book.ts';
import { type Correlation, correlate, type Outcome } from './correlate.ts';
import { linksOf } from './links.ts';
import { defaultIncidentSettings, type IncidentSettings } from './settings.ts';

const minuteMs = 60_000;
const nothing: Known = { sightings: [], incidents: [] };

interface Fired {
  readonly id: string;
  readonly rule?: string;
  readonly at: number;
  readonly entities: Entities;
  readonly source?: AlertSource;
}

/** Alerts by the minute, as the hub would see them one batch after another. */
function watch(settings: Partial<IncidentSettings> = {}) {
  const book = new Book(nothing, { ...defaultIncidentSettings, ...settings });
  let ids = 0;
  const options = { book, newId: () => `i${++ids}`, nowMs: 0 };
  const fire = ({ id, rule = id, at, entities, source = 'syscall' }: Fired): Correlation => {
    const links = linksOf(source, entities);
    const timeMs = at * minuteMs;
    options.nowMs = timeMs;
    return correlate({ alertId: id, rule, links, fromMs: timeMs, toMs: timeMs }, options);
  };
  const kind = (fired: Fired): string => fire(fired).outcome.kind;
  const membersOf = (outcome: Outcome): readonly string[] =>
    'incident' in outcome ? [...outcome.incident.members.keys()].sort() : [];
  return { book, fire, kind, membersOf };
}

const web = { cluster: 'c', namespace: 'shop', pod: 'web-0', workload: 'web', node: 'n1', container: 'app' };
const db = { ...web, pod: 'db-0', workload: 'db' };
const alice = { cluster: 'c', user: 'alice', sourceAddress: '10.0.0.9' };
const audit = 'k8s_audit' as const;

test('one alert is no incident, and neither are ten of one rule; a second rule makes one of them all', () => {
  const { fire, kind, membersOf } = watch();
  for (const n of [1, 2, 3]) assert.equal(kind({ id: `e${n}`, rule: 'exec', at: n, entities: web }), 'alone');
  const { outcome } = fire({ id: 'shell', at: 4, entities: web });
  assert.equal(outcome.kind, 'opened');
  assert.deepEqual(membersOf(outcome), ['e1', 'e2', 'e3', 'shell']);
});

test('an exec on the API server and processes in that pod are one incident, whichever comes first', () => {
  const exec = { ...alice, namespace: 'shop', pod: 'web-0', workload: 'web', resource: 'pods/exec/web-0' };
  for (const order of [
    ['exec', 'shell'],
    ['shell', 'exec'],
  ]) {
    const { fire, membersOf } = watch();
    const outcomes = order.map(
      (id, at) =>
        fire({ id, at, ...(id === 'exec' ? { entities: exec, source: audit } : { entities: web }) }).outcome,
    );
    assert.deepEqual(membersOf(outcomes[1] ?? assert.fail()), ['exec', 'shell']);
  }
});

test("a pod's token leads from the pod to what was done with it", () => {
  const { kind } = watch();
  const token = {
    ...{ cluster: 'c', user: 'system:serviceaccount:shop:web', callerPod: 'shop/web-0' },
    resource: 'secrets',
  };
  assert.equal(kind({ id: 'shell', at: 1, entities: web }), 'alone');
  assert.equal(kind({ id: 'secrets', at: 2, source: audit, entities: token }), 'opened');
});

test('node, namespace, public image, system identity and the user of a process link nothing', () => {
  const { kind } = watch();
  const image = 'docker.io/library/nginx:1';
  assert.equal(kind({ id: 'a', at: 1, entities: { ...web, image, user: 'root' } }), 'alone');
  assert.equal(kind({ id: 'b', at: 2, entities: { ...db, image, user: 'root' } }), 'alone');
  for (const user of [
    'system:node:n1',
    'system:anonymous',
    'system:serviceaccount:kube-system:job-controller',
  ]) {
    const by = { cluster: 'c', user, sourceAddress: '10.0.0.1' };
    assert.equal(kind({ id: `${user} x`, at: 3, source: audit, entities: by }), 'alone');
    assert.equal(kind({ id: `${user} y`, at: 4, source: audit, entities: by }), 'alone');
  }
});

test('an image of an own registry, an address from outside, and a bare node do', () => {
  const { kind } = watch();
  const image = 'registry.example.com/shop/web:1';
  assert.equal(kind({ id: 'a', at: 1, entities: { ...web, image } }), 'alone');
  assert.equal(kind({ id: 'b', at: 2, entities: { ...db, image } }), 'opened');
  const from = { cluster: 'c', sourceAddress: '203.0.113.7' };
  assert.equal(kind({ id: 'c', at: 1, source: audit, entities: { ...from, user: 'alice' } }), 'alone');
  assert.equal(kind({ id: 'd', at: 2, source: audit, entities: { ...from, user: 'bob' } }), 'opened');
  assert.equal(kind({ id: 'e', at: 1, entities: { cluster: 'c', node: 'n9' } }), 'alone');
  assert.equal(kind({ id: 'f', at: 2, entities: { cluster: 'c', node: 'n9' } }), 'opened');
});

test('the most telling comes first: a title names it', () => {
  const links = linksOf('syscall', { node: 'n', container: 'app', image: 'registry.example.com/app:1' });
  assert.deepEqual(
    links.map(({ kind, value }) => `${kind} ${value}`),
    ['container n/app', 'image registry.example.com/app:1'],
  );
});

test('the same pod name in another cluster or namespace is another pod', () => {
  const { kind } = watch();
  assert.equal(kind({ id: 'a', at: 1, entities: web }), 'alone');
  assert.equal(kind({ id: 'b', at: 1, entities: { ...web, cluster: 'other' } }), 'alone');
  assert.equal(kind({ id: 'c', at: 1, entities: { ...web, namespace: 'other' } }), 'alone');
});

test('the window slides with each alert, but only so far', () => {
  const { kind, fire } = watch();
  kind({ id: 'a', at: 0, entities: web });
  assert.equal(kind({ id: 'b', at: 61, entities: web }), 'alone', 'too far apart');
  assert.equal(kind({ id: 'c', at: 120, entities: web }), 'opened');
  for (let at = 170; at < 1500; at += 50) assert.equal(kind({ id: 'c', at, entities: web }), 'prolonged');
  const late = fire({ id: 'd', at: 1511, entities: web }).outcome;
  assert.equal(late.kind, 'alone', 'a day after the first');
  assert.equal(kind({ id: 'c', at: 1520, entities: web }), 'opened', 'a new one begins');
});

test('a repeat moves the end on and adds nothing; a late one moves the beginning', () => {
  const { fire, membersOf } = watch();
  fire({ id: 'a', at: 10, entities: web });
  fire({ id: 'b', at: 12, entities: web });
  const repeat = fire({ id: 'a', at: 30, entities: web }).outcome;
  assert.equal(repeat.kind, 'prolonged');
  assert.deepEqual(membersOf(repeat), ['a', 'b']);
  assert.deepEqual('incident' in repeat && repeat.incident.span, {
    fromMs: 10 * minuteMs,
    toMs: 30 * minuteMs,
  });
  const late = fire({ id: 'c', at: 1, entities: web }).outcome;
  assert.equal(late.kind, 'joined');
  assert.equal('incident' in late && late.incident.span.fromMs, minuteMs);
});

test('an alert that belongs to two incidents makes one of them, under the id of the older', () => {
  const { fire, kind, membersOf } = watch();
  kind({ id: 'a', at: 1, entities: web });
  assert.equal(kind({ id: 'b', at: 2, entities: web }), 'opened');
  kind({ id: 'c', at: 3, source: audit, entities: alice });
  assert.equal(kind({ id: 'd', at: 4, source: audit, entities: alice }), 'opened');
  const { outcome } = fire({
    ...{ id: 'e', at: 5, source: audit },
    entities: { ...alice, namespace: 'shop', pod: 'web-0' },
  });
  assert.ok(outcome.kind === 'joined');
  assert.equal(outcome.incident.id, 'i1');
  assert.deepEqual(
    outcome.merged.map(({ id }) => id),
    ['i2'],
  );
  assert.deepEqual(membersOf(outcome), ['a', 'b', 'c', 'd', 'e']);
  const repeat = fire({ id: 'c', at: 6, source: audit, entities: alice }).outcome;
  assert.ok(repeat.kind === 'prolonged' && repeat.incident.id === 'i1');
});

test('two incidents that would be too large together stay two', () => {
  const { fire, kind } = watch({ maxAlerts: 4 });
  for (const [id, entities] of [
    ['a', web],
    ['b', web],
    ['c', db],
    ['d', db],
  ] as const)
    kind({ id, at: 1, entities });
  const both = { cluster: 'c', namespace: 'shop', pod: 'web-0', workload: 'db' };
  const { outcome } = fire({ id: 'e', at: 2, entities: both });
  assert.ok(outcome.kind === 'joined' && outcome.merged.length === 0);
});

test('an incident that is full takes no more', () => {
  const { kind } = watch({ maxAlerts: 3 });
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((id) => kind({ id, at: 1, entities: web })),
    ['alone', 'opened', 'joined', 'full'],
  );
});

test('a build robot links its first twenty targets and then no more, and it is said', () => {
  const { fire, membersOf } = watch();
  const robot = (n: number) => ({ cluster: 'c', user: 'ci', namespace: 'x', resource: `pods/p${n}` });
  let last = fire({ id: 'r0', at: 0, source: audit, entities: robot(0) });
  for (let n = 1; n <= 20; n += 1) last = fire({ id: `r${n}`, at: n, source: audit, entities: robot(n) });
  assert.equal(last.outcome.kind, 'alone');
  assert.deepEqual(
    last.tooCommon.map(({ others }) => others),
    [21],
  );
  const stays = fire({ id: 'r3', at: 25, source: audit, entities: robot(3) }).outcome;
  assert.equal(membersOf(stays).length, 20);
});

test('an address of many identities is a proxy, and links none of them any more', () => {
  const { kind } = watch();
  const by = (user: string) => ({ cluster: 'c', user, sourceAddress: '203.0.113.7' });
  const kinds = ['a', 'b', 'c', 'd', 'e'].map((user, at) =>
    kind({ id: user, at, source: audit, entities: by(user) }),
  );
  assert.deepEqual(kinds, ['alone', 'opened', 'joined', 'alone', 'alone']);
});

test('what a person judged takes its repeats, but nothing new, and nothing of it begins another', () => {
  const { book, fire, kind } = watch();
  kind({ id: 'a', at: 1, entities: web });
  const { outcome } = fire({ id: 'b', at: 2, entities: web });
  assert.ok(outcome.kind === 'opened');
  book.put({ ...outcome.incident, isJudged: true });
  assert.equal(kind({ id: 'a', at: 3, entities: web }), 'prolonged');
  assert.equal(kind({ id: 'c', at: 4, entities: web }), 'alone');
  assert.equal(kind({ id: 'd', at: 5, entities: web }), 'opened', 'two new ones tell another story');
});

test('days of an old log in one batch are cut where the log is silent', () => {
  const links = linksOf('syscall', web);
  const hours = (n: number) => n * 60 * minuteMs;
  const activities = activitiesOf(
    [
      { alertId: 'b', rule: 'b', links, timesMs: [hours(9)] },
      { alertId: 'a', rule: 'a', links, timesMs: [hours(9.5), hours(0), hours(0.2), hours(9)] },
      { alertId: 'none', rule: 'n', links: [], timesMs: [0] },
    ],
    hours(1),
  );
  assert.deepEqual(
    activities.map(({ alertId, fromMs, toMs }) => [alertId, fromMs, toMs]),
    [
      ['a', 0, hours(0.2)],
      ['b', hours(9), hours(9)],
      ['a', hours(9), hours(9.5)],
    ],
  );
});
