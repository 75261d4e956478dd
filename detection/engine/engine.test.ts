// The engine: operators on values, indexes, evidence, identity of alerts, and events of any shape.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertDraft, Event } from '@yagura/contracts';
import { builtinRules, loadRuleFolder } from '../files/load-rule-folder.ts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import { expandEvent } from '../proof/compact-event.ts';
import { createAlertCollector } from './alert-collector.ts';
import { toAlertDraft } from './alert-draft.ts';
import { createEngine } from './engine.ts';

function rulesOf(text: string): readonly LoadedRule[] {
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  return rules;
}

const rule = (condition: string, more = '', source = 'syscall'): string =>
  `- rule: r\n  source: ${source}\n  condition: >\n    ${condition}\n  output: o\n  priority: INFO\n${more}`;

function event(entry: unknown, index = 0): Event {
  const expanded = expandEvent(entry, index);
  assert.ok(expanded.ok, expanded.ok ? '' : expanded.message);
  return expanded.event;
}

const shell = event({
  process: { name: 'sh', path: '/usr/bin/sh', args: ['sh', '-c', 'Id'], parents: ['nginx', 'init'], uid: 7 },
});

const onProcess: readonly [condition: string, holds: boolean][] = [
  ['proc.name = sh', true],
  ['proc.name == sh', true],
  ['proc.name != sh', false],
  ['proc.name != bash', true],
  ['proc.stdin.peer != x', false],
  ['not proc.stdin.peer = x', true],
  ['user.uid = 7', true],
  ['user.uid = 07', true],
  ['user.uid < 7', false],
  ['user.uid <= 7', true],
  ['user.uid > 6', true],
  ['user.uid >= 8', false],
  ['user.uid in (6, 7)', true],
  ['proc.args contains Id', true],
  ['proc.args contains id', false],
  ['proc.args icontains ID', true],
  ['proc.args startswith -c', true],
  ['proc.args endswith Id', true],
  ["proc.exepath glob '/usr/*/s?'", true],
  ["proc.exepath iglob '/USR/*'", true],
  ['proc.exepath pmatch (/opt, /usr/bin)', true],
  ['proc.exepath pmatch (/usr/bi)', false],
  ['proc.exepath pmatch (/usr/b*/)', true],
  ['proc.name in (bash, sh)', true],
  ['proc.name in ()', false],
  ['proc.aname in (nginx)', true],
  ['proc.aname in (x, sh)', false],
  ['proc.aname in (nginx, init, sh)', true],
  ['proc.aname intersects (nginx)', true],
  ['proc.aname = init', true],
  ['proc.aname != init', false],
  ['proc.aname != x', true],
  ['proc.aname[1] = nginx', true],
  ['proc.tty exists', false],
  ['proc.name exists', true],
  ['proc.is_exe_upper_layer = false', true],
  ['proc.is_exe_upper_layer in (true)', false],
  ['proc.name = sh and (proc.pname = x or proc.pname = nginx) and not user.uid = 0', true],
];

for (const [condition, holds] of onProcess)
  test(`${condition} ${holds ? 'holds' : 'does not hold'}`, () => {
    const engine = createEngine(rulesOf(rule(condition)));
    assert.equal(engine.evaluate(shell).length, holds ? 1 : 0);
  });

test('exceptions, in each of their forms', () => {
  const silent = (exceptions: string): boolean =>
    createEngine(rulesOf(rule('proc.name exists', `  exceptions:\n${exceptions}`))).evaluate(shell).length ===
    0;
  assert.ok(silent('    - {name: a, fields: proc.name, values: [x, sh]}\n'));
  assert.ok(!silent('    - {name: a, fields: proc.name, values: [x]}\n'));
  assert.ok(silent('    - {name: a, fields: proc.args, comps: contains, values: [zz, Id]}\n'));
  assert.ok(silent('    - {name: a, fields: [proc.name, proc.pname], values: [[sh, x], [sh, nginx]]}\n'));
  assert.ok(!silent('    - {name: a, fields: [proc.name, proc.pname], values: [[sh, x]]}\n'));
  assert.ok(
    silent(
      '    - {name: a, fields: [proc.name, proc.args], comps: [in, endswith], values: [[[a, sh], Id]]}\n',
    ),
  );
  assert.ok(!silent('    - {name: a, fields: [proc.name]}\n'));
});

test('the index leaves out only rules that cannot hold', () => {
  const conditions = [
    'ka.verb = create',
    'ka.verb in (get, create) and ka.target.resource = pods',
    'ka.verb = get or ka.target.resource = secrets',
    'not ka.verb = create',
    'ka.target.resource exists',
  ];
  const text = conditions
    .map((condition, index) => rule(condition, '', 'k8s_audit').replace('rule: r', `rule: r${index}`))
    .join('');
  const engine = createEngine(rulesOf(text));
  const fired = (verb: string, resource: string): string =>
    engine
      .evaluate(event({ audit: { verb, resource } }))
      .map((match) => match.rule.id.slice(1))
      .join('');
  assert.equal(fired('create', 'pods'), '014');
  assert.equal(fired('create', 'secrets'), '024');
  assert.equal(fired('get', 'pods'), '1234');
  assert.equal(fired('watch', 'nodes'), '34');
  const seen = engine.costs().map((cost) => cost.seen);
  assert.deepEqual(seen, [2, 2, 2, 2, 4]);
});

test('a hundred rules on other verbs, resources and users cost an event nothing', () => {
  const text = Array.from({ length: 100 }, (_, index) =>
    rule(
      `ka.verb = create and ka.target.resource = kind${index} and ka.user.name = mallory`,
      '',
      'k8s_audit',
    ).replace('rule: r', `rule: r${index}`),
  ).join('');
  const engine = createEngine(rulesOf(text));
  engine.evaluate(event({ audit: { verb: 'update', resource: 'leases' } }));
  engine.evaluate(event({ audit: { verb: 'create', resource: 'kind7' } }));
  assert.equal(
    engine.costs().reduce((sum, { seen }) => sum + seen, 0),
    0,
  );
});

test('evidence names the fields that held, and not those of the branch that did not', () => {
  const engine = createEngine(
    rulesOf(rule('(proc.name = bash or proc.pname = nginx) and user.uid > 5 and not proc.args contains zz')),
  );
  assert.deepEqual(engine.evaluate(shell)[0]?.evidence, [
    { field: 'proc.pname', value: 'nginx' },
    { field: 'user.uid', value: 7 },
  ]);
});

test('evidence and messages are bounded', () => {
  const long = event({
    process: { name: 'sh', args: ['sh', ...Array.from({ length: 500 }, () => 'x'.repeat(4000))] },
  });
  const text = rule('proc.args exists').replace('output: o', 'output: "%proc.args %proc.stdin.peer"');
  const [match] = createEngine(rulesOf(text)).evaluate(long);
  assert.ok(match !== undefined && match.message.length < 1000 && match.message.endsWith('<NA>'));
  assert.ok(JSON.stringify(match.evidence).length < 2000);
  assert.ok(JSON.stringify(toAlertDraft(match).event).length <= 64 * 1024);
});

test('disabled rules stay silent, and the later of two with one id counts', () => {
  const off = rulesOf(rule('proc.name = sh', '  enabled: false\n'));
  const on = rulesOf(rule('proc.name = sh'));
  assert.equal(createEngine(off).evaluate(shell).length, 0);
  assert.equal(createEngine([...on, ...off]).evaluate(shell).length, 0);
  assert.equal(createEngine([...off, ...on]).evaluate(shell).length, 1);
});

test('the same rule, cluster and entity are one alert, and its count is of distinct requests', () => {
  const engine = createEngine(rulesOf(rule('ka.verb = create', '', 'k8s_audit')));
  const collector = createAlertCollector();
  const add = (audit: object, index: number): void => {
    for (const match of engine.evaluate(
      event({ audit: { verb: 'create', resource: 'pods', name: 'a', ...audit } }, index),
    ))
      collector.add(match);
  };
  add({ id: 'one', stage: 'ResponseComplete' }, 3);
  add({ id: 'one', stage: 'ResponseStarted' }, 1);
  add({ id: 'two' }, 5);
  add({ id: 'two' }, 5);
  add({ id: 'three', user: 'bob' }, 6);
  const drafts = collector.drafts();
  assert.deepEqual(
    drafts.map(({ count }) => count),
    [2, 1],
  );
  assert.deepEqual(
    [drafts[0]?.firstSeenAt, drafts[0]?.lastSeenAt],
    ['2026-05-04T10:00:01.000Z', '2026-05-04T10:00:05.000Z'],
  );
  assert.match(drafts[0]?.id ?? '', /^[0-9a-f]{32}$/);
});

test('of alerts only so many are kept, and what would begin more is counted by severity', () => {
  const engine = createEngine(rulesOf(rule('ka.verb = create', '', 'k8s_audit')));
  const collector = createAlertCollector({ alerts: 2 });
  for (const [index, user] of ['ann', 'bob', 'cleo', 'ann', 'dan'].entries())
    for (const match of engine.evaluate(
      event({ audit: { verb: 'create', resource: 'pods', user, id: `${index}` } }, index),
    ))
      collector.add(match);
  assert.deepEqual(
    collector.drafts().map(({ count }) => count),
    [2, 1],
  );
  assert.deepEqual([...collector.leftOut().values()], [2]);
});

test('an event that is nested too deep to be written down still becomes an alert', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const [match] = createEngine(rulesOf(rule('ka.verb = create', '', 'k8s_audit'))).evaluate(
    event({ audit: { verb: 'create', resource: 'pods', request: deep } }),
  );
  assert.ok(match !== undefined);
  assert.equal((toAlertDraft(match).event as Event).id, match.event.id);
});

test('an alert keeps no credentials', () => {
  const engine = createEngine(rulesOf(rule('ka.verb = create', '', 'k8s_audit')));
  const draft = (audit: object): AlertDraft => {
    const [match] = engine.evaluate(
      event({
        audit: {
          verb: 'create',
          request: { data: { password: 'hunter2' } },
          response: { data: { password: 'hunter2' } },
          ...audit,
        },
      }),
    );
    assert.ok(match !== undefined);
    return toAlertDraft(match);
  };
  assert.ok(!JSON.stringify(draft({ resource: 'secrets' })).includes('hunter2'));
  assert.ok(
    !JSON.stringify(draft({ resource: 'serviceaccounts', subresource: 'token' })).includes('hunter2'),
  );
  assert.ok(JSON.stringify(draft({ resource: 'configmaps' })).includes('hunter2'));
});

/** A generator of numbers from 0 to 1 with a seed, so that a failure can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const strange: readonly unknown[] = [
  null,
  0,
  -1,
  1e300,
  '',
  'x',
  true,
  [],
  [null],
  [[]],
  {},
  { a: 1 },
  { length: 3 },
  { toString: 1 },
  '\u0000',
  '%',
  'a'.repeat(5000),
];

function mutate(value: unknown, random: () => number): unknown {
  if (random() < 0.06) return strange[Math.floor(random() * strange.length)];
  if (Array.isArray(value)) return value.map((entry: unknown) => mutate(entry, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mutate(entry, random)]));
}

test('events with fields of any JSON type never make it throw, and every match has its whole form', async () => {
  const { rules } = await loadRuleFolder(builtinRules);
  const engine = createEngine(rules);
  const originals: readonly Event[] = [
    shell,
    event({ process: { name: 'xmrig', upperLayer: true, stdin: { type: 'socket', peer: '1.2.3.4:5' } } }),
    event({
      audit: {
        verb: 'create',
        resource: 'pods',
        namespace: 'shop',
        request: {
          metadata: { name: 'x', ownerReferences: [{ kind: 'Job', name: 'a' }] },
          spec: {
            containers: [{ image: 'a', securityContext: { privileged: true } }],
            volumes: [{ hostPath: { path: '/etc' } }],
          },
        },
      },
    }),
    event({
      audit: {
        verb: 'create',
        resource: 'clusterrolebindings',
        request: { roleRef: { name: 'cluster-admin' }, subjects: [{ name: 'a' }] },
      },
    }),
    event({
      audit: { verb: 'create', resource: 'pods', subresource: 'exec', uri: '/x?command=a', name: 'p' },
    }),
    event({ audit: { verb: 'list', resource: 'secrets', uri: '/x?a=b' } }),
    event({ audit: { verb: 'delete', resource: 'events' } }),
  ];
  const random = seeded(7);
  let matches = 0;
  for (let round = 0; round < 6000; round += 1) {
    const original = originals[round % originals.length];
    const hostile = mutate(original, random) as Event;
    for (const match of engine.evaluate(hostile)) {
      matches += 1;
      assert.match(match.alertId, /^[0-9a-f]{32}$/);
      assert.equal(typeof match.message, 'string');
      assert.equal(toAlertDraft(match).id, match.alertId);
    }
  }
  for (const odd of strange) assert.deepEqual(engine.evaluate(odd as Event), []);
  assert.ok(matches > 1000, `${matches} matches`);
});
