// Rules of a whole hub, changed while it runs: by files of a folder, through the API, and by switches.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AlertPage,
  HubRule,
  HubStatus,
  RuleCases,
  RuleFileCheck,
  StoredRuleFile,
  TrailEntry,
} from '@yagura/contracts';
import { createAuditSender, type SendExecs } from '../testing/audit-sender.ts';
import { startTestHub, type TestHub } from '../testing/start-test-hub.ts';

const rule = (id: string, condition: string, more = ''): string =>
  `- rule: ${id}\n  id: ${id}\n  title: ${id}\n  desc: x\n  condition: ${condition}\n  output: x\n  source: k8s_audit\n  priority: NOTICE\n${more}`;
const exec = 'ka.target.subresource=exec';

let hub: TestHub;
let folder: string;
let send: SendExecs;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-rules-'));
  await mkdir(join(folder, 'rules'));
  await writeFile(join(folder, 'rules', 'mine.yaml'), rule('mine', exec));
  hub = await startTestHub({ flags: { rules: [join(folder, 'rules')] } });
  send = await createAuditSender(hub, 'kind');
});
after(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<T & { status: number }> {
  const response = await hub.fetch(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { ...(text === '' ? {} : JSON.parse(text)), status: response.status };
}
const ruleOf = (id: string) => call<HubRule & { error?: { message: string } }>('GET', `/rules/${id}`);
async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    assert.ok(tries < 800, what);
    await sleep(50);
  }
}
const alertsOf = async (id: string): Promise<number> =>
  (await call<AlertPage>('GET', `/alerts?rule=${id}`)).total;
const condition = async () =>
  (await call<HubStatus>('GET', '/status')).conditions.find(({ name }) => name === 'rules');

test('a folder is watched: a change is live, a broken one leaves the rule as it was and is told', async () => {
  const path = join(folder, 'rules', 'mine.yaml');
  assert.equal((await ruleOf('mine')).origin, 'folder');
  await writeFile(path, rule('mine', `${exec} and ka.user.name=alice`) + rule('other', exec));
  await until(async () => (await ruleOf('other')).status === 200, 'the new rule is live');
  await writeFile(path, rule('mine', 'ka.verb in (((') + rule('other', exec));
  await until(async () => (await condition())?.healthy === false, 'the condition tells');
  const kept = await ruleOf('mine');
  assert.match(kept.condition, /alice/);
  assert.match(kept.stale ?? '', /mine\.yaml:5:/);
  await send(['web-1']);
  await until(async () => (await alertsOf('mine')) === 1, 'it still fires');
  await writeFile(path, rule('mine', exec));
  await until(async () => (await condition())?.healthy === true, 'it is mended');
  assert.equal((await ruleOf('other')).status, 404, 'what was taken out is gone');
});

test('a rule file is checked, saved, live at once, kept by version and restored', async () => {
  const draft = { text: rule('shells', `${exec} and ka.target.namespace=shop`) };
  const broken = { text: rule('shells', 'ka.verb in (((') };
  const check = await call<RuleFileCheck>('POST', '/rule-files/shells/check', broken);
  assert.equal(check.ok, false);
  assert.deepEqual([check.problems[0]?.file, check.problems[0]?.line], ['shells.yaml', 5]);
  assert.equal((await call('PUT', '/rule-files/shells', broken)).status, 422);
  const first = await call<StoredRuleFile>('PUT', '/rule-files/shells', { ...draft, comment: 'first' });
  assert.deepEqual([first.status, first.version, first.author], [200, 1, 'token:local CLI']);
  assert.equal((await ruleOf('shells')).ruleFile, 'shells');
  await send(['web-2']);
  await until(async () => (await alertsOf('shells')) === 1, 'it fires');

  const tests = `tests:\n  - name: wrong\n    silent: true\n    events:\n      - ka: { verb: create, resource: pods, subresource: exec, namespace: shop }\n`;
  const failing = await call<{ error: { message: string } }>('PUT', '/rule-files/shells', {
    ...draft,
    tests,
  });
  assert.equal(failing.status, 422);
  assert.match(failing.error.message, /test "/);
  const second = { text: rule('shells', `${exec} and ka.target.namespace=other`), ifVersion: 1 };
  assert.equal((await call('PUT', '/rule-files/shells', second)).status, 200);
  assert.equal((await call('PUT', '/rule-files/shells', second)).status, 409, 'a lost update is refused');
  assert.equal((await call('PUT', '/rule-files/shells', draft, { 'if-match': '"1"' })).status, 409);
  const restored = await call<StoredRuleFile>('POST', '/rule-files/shells/restore', { version: 1 });
  assert.deepEqual([restored.version, restored.comment], [3, 'version 1 again']);
  assert.match((await ruleOf('shells')).condition, /=shop/);
  const { items } = await call<{ items: StoredRuleFile[] }>('GET', '/rule-files/shells/versions');
  assert.deepEqual(
    items.map(({ version, comment }) => [version, comment]),
    [
      [3, 'version 1 again'],
      [2, ''],
      [1, 'first'],
    ],
  );
  assert.equal((await call('DELETE', '/rule-files/shells?comment=done')).status, 204);
  assert.equal((await ruleOf('shells')).status, 404);
  assert.equal((await call('GET', '/rule-files/shells')).status, 404);
  const trail = await call<{ items: TrailEntry[] }>('GET', '/trail');
  assert.deepEqual(
    trail.items.slice(0, 4).map(({ action, target }) => `${action} ${target}`),
    ['deleteRuleFile shells', 'restoreRuleFile shells', 'putRuleFile shells', 'putRuleFile shells'],
  );
});

test('tests in the hub hold for a change that brings none, and go only where that is said', async () => {
  const tests =
    'tests: [{ name: fires, events: [{ audit: { verb: create, resource: pods, subresource: exec, namespace: shop } }], alerts: [{ count: 1 }] }]';
  const text = rule('tested', `${exec} and ka.target.namespace=shop`);
  assert.equal((await call('PUT', '/rule-files/tested', { text, tests })).status, 200);
  const change = { text: text.replace('=shop', '=other') };
  const check = await call<RuleFileCheck>('POST', '/rule-files/tested/check', change);
  assert.deepEqual([check.ok, check.tests[0]?.name], [false, 'fires']);
  assert.equal((await call('PUT', '/rule-files/tested', change)).status, 422);
  const kept = await call<StoredRuleFile>('PUT', '/rule-files/tested', { text: `# the same\n${text}` });
  assert.equal(kept.tests, tests);
  const dropped = await call<StoredRuleFile>('PUT', '/rule-files/tested', { ...change, tests: '' });
  assert.deepEqual([dropped.status, dropped.tests], [200, undefined]);
  await call('POST', '/rule-files/tested/restore', { version: 1 });
  const again = await call<StoredRuleFile>('POST', '/rule-files/tested/restore', { version: 3 });
  assert.deepEqual([again.status, again.tests], [200, undefined], 'a version without tests is without');
});

test('a rule stands in one file of the hub, and what is checked is read in the order that will run', async () => {
  const text = rule('single', exec);
  assert.equal((await call('PUT', '/rule-files/single', { text })).status, 200);
  for (const name of ['a-copy', 'z-copy']) {
    const copy = await call<{ error: { message: string } }>('PUT', `/rule-files/${name}`, {
      text: text.replace('id: single', 'id: copy'),
    });
    assert.equal(copy.status, 422);
    assert.match(copy.error.message, /the rule "single" stands in single\.yaml of this hub already/);
  }
  const append = { text: '- rule: single\n  condition: and ka.user.name=bob\n  append: true\n' };
  assert.equal((await call('PUT', '/rule-files/a-change', append)).status, 422, 'there is none before it');
  assert.equal((await call('PUT', '/rule-files/z-change', append)).status, 200);
  assert.match((await ruleOf('single')).condition, /bob/);
  assert.equal((await call('DELETE', '/rule-files/single')).status, 409, 'another changes it');
  for (const name of ['z-change', 'single']) await call('DELETE', `/rule-files/${name}`);
});

test('the cases of a rule are told, wherever its tests are', async () => {
  const casesOf = (id: string) => call<RuleCases>('GET', `/rules/${id}/cases`);
  const builtin = await casesOf('exec-into-pod');
  assert.ok(
    builtin.items.some(({ alerts }) => alerts > 0) && builtin.items.some(({ alerts }) => alerts === 0),
  );
  assert.deepEqual((await casesOf('mine')).items, []);
  const path = join(folder, 'rules', 'mine.test.yaml');
  await writeFile(path, 'tests: 7');
  assert.match((await casesOf('mine')).problem ?? '', /list of cases/);
  await rm(path);
  const one = '{ audit: { verb: create, resource: pods, subresource: exec } }';
  const tests = `tests:\n  - { name: one exec, events: [${one}], alerts: [{}] }\n`;
  await writeFile(join(folder, 'rules', 'shop.test.yaml'), tests);
  await writeFile(join(folder, 'rules', 'shop.yaml'), rule('only-one', exec));
  await until(
    async () => (await casesOf('only-one')).items?.length === 1,
    'named after the file of one rule',
  );
  const file = { text: rule('proven', exec) + rule('beside', exec), tests };
  assert.equal((await call('PUT', '/rule-files/proven', file)).status, 200);
  assert.deepEqual((await casesOf('proven')).items, [{ name: 'one exec', alerts: 1 }]);
  assert.deepEqual((await casesOf('beside')).items, [], 'they are about the rule that is named as the file');
  assert.equal((await casesOf('nowhere')).status, 404);
  assert.equal((await call('DELETE', '/rule-files/proven')).status, 204);
});

test('a rule that cannot see all that it asks for says so: in its check, at the rule, and when rules are read again', async () => {
  const list = { text: '- list: watched\n  items: [shop]\n' };
  assert.equal((await call('PUT', '/rule-files/watched', list)).status, 200);
  const blind = 'ka.target.namespace in (watched) and not ka.req.binding.subject.has_name[x] = y';
  const text = rule('half-blind', blind) + rule('blind', 'ka.req.binding.subject.has_name[x] = y');
  const check = await call<RuleFileCheck>('POST', '/rule-files/half-blind/check', { text });
  assert.equal(check.ok, true, 'the list of another file of the hub is known');
  assert.match(check.notices[0] ?? '', /half-blind: always empty.*has_name/);
  assert.match(check.notices[1] ?? '', /blind: it can never fire/);
  assert.equal((await call('PUT', '/rule-files/half-blind', { text })).status, 200);
  assert.match((await ruleOf('blind')).notice ?? '', /can never fire/);
  const reload = await call<{ notices: string[]; problems: string[] }>('POST', '/rule-reload', {});
  assert.equal(reload.notices.filter((notice) => notice.includes('blind')).length, 2);
  assert.deepEqual(reload.problems, []);
  assert.equal((await call('DELETE', '/rule-files/half-blind')).status, 204);
});

test('a built-in rule is overridden only by a file that says so, and turned off with a reason', async () => {
  const builtin = await ruleOf('exec-into-pod');
  assert.equal(builtin.origin, 'builtin');
  const text = builtin.text
    .replace(/^/, '- ')
    .replaceAll('\n', '\n  ')
    .replace(/title: .*/, 'title: Mine');
  const taken = await call<{ error: { message: string } }>('PUT', '/rule-files/exec-into-pod', { text });
  assert.equal(taken.status, 422);
  assert.match(taken.error.message, /taken by a rule of Yagura itself/);
  const saved = await call('PUT', '/rule-files/exec-into-pod', { text, overrides: ['exec-into-pod'] });
  assert.equal(saved.status, 200, JSON.stringify(saved));
  const own = await ruleOf('exec-into-pod');
  assert.deepEqual([own.origin, own.overrides, own.title], ['hub', true, 'Mine']);
  assert.equal((await call('DELETE', '/rule-files/exec-into-pod')).status, 204);
  assert.equal((await ruleOf('exec-into-pod')).origin, 'builtin');

  assert.equal((await call('POST', '/rules/exec-into-pod/disable', { reason: ' ' })).status, 400);
  const off = await call<HubRule>('POST', '/rules/exec-into-pod/disable', { reason: 'pairing week' });
  assert.deepEqual(
    [off.enabled, off.switch?.reason, off.switch?.by],
    [false, 'pairing week', 'token:local CLI'],
  );
  const before = (await ruleOf('exec-into-pod')).cost.seen;
  await send(['web-3']);
  await until(async () => (await alertsOf('mine')) >= 1, 'others go on');
  assert.equal((await ruleOf('exec-into-pod')).cost.seen, before);
  const on = await call<HubRule>('POST', '/rules/exec-into-pod/enable', { reason: 'over' });
  assert.equal(on.enabled, true);
});

test('costs are counted over reloads, on /metrics and in the API', async () => {
  const before = (await ruleOf('mine')).cost;
  assert.ok(before.seen >= 2 && before.matched >= 2, JSON.stringify(before));
  assert.equal((await call('POST', '/rule-reload')).status, 200);
  await send(['web-9']);
  await until(async () => (await ruleOf('mine')).cost.matched === before.matched + 1, 'it goes on counting');
  const metrics = await (await hub.fetch('/metrics')).text();
  assert.match(
    metrics,
    new RegExp(`yagura_hub_rule_events_matched_total{rule="mine"} ${before.matched + 1}\n`),
  );
});

test('a viewer and an analyst may look, an author may write', async () => {
  for (const [role, status] of [
    ['viewer', 403],
    ['analyst', 403],
    ['author', 200],
  ] as const) {
    const { secret } = await call<{ secret: string }>('POST', '/tokens', { name: role, role });
    const as = { authorization: `Bearer ${secret}` };
    assert.equal((await call('GET', '/rules', undefined, as)).status, 200);
    assert.equal((await call('POST', '/rule-reload', undefined, as)).status, status);
  }
});

test('what rules remember is exported and imported', async () => {
  const text = rule('burst', exec, '  threshold: { count: 3, within: 1h, by: [ka.user.name] }\n');
  assert.equal((await call('PUT', '/rule-files/burst', { text })).status, 200);
  await send(['m-1', 'm-2']);
  const read = async () => (await hub.fetch('/api/v1/detection/state?rule=burst')).text();
  await until(async () => (await read()).includes('"burst"'), 'it is saved');
  const saved = await read();
  assert.equal((await call('DELETE', '/rule-files/burst')).status, 204);
  assert.equal((await call('PUT', '/rule-files/burst', { text })).status, 200);
  const imported = await hub.fetch('/api/v1/detection/state', { method: 'POST', body: `${saved}nonsense\n` });
  const { problems, ...counts } = (await imported.json()) as { problems: unknown[] };
  assert.deepEqual(counts, { parts: 1, sleeping: 0, refused: 1 });
  assert.deepEqual(problems, [{ line: 2, message: 'no line of an export' }]);
  // What a rule cannot use must not take the place of what it knows.
  const part = JSON.parse(saved);
  const bad = [
    { ...part, memory: [{ key: 5 }] },
    { ...part, shape: 'other' },
    { ...part, rule: 'elsewhere' },
  ];
  const body = bad.map((one) => JSON.stringify(one)).join('\n');
  const refused = await hub.fetch('/api/v1/detection/state', { method: 'POST', body });
  const told = (await refused.json()) as { parts: number; sleeping: number; problems: { message: string }[] };
  assert.deepEqual([told.parts, told.sleeping], [1, 1]);
  assert.match(told.problems[0]?.message ?? '', /^memory of burst in .*: it cannot be read$/);
  assert.match(told.problems[1]?.message ?? '', /it is of "other", and the rule here of "threshold 1 /);
  await send(['m-3']);
  await until(async () => (await alertsOf('burst')) === 1, 'the third of three');
});
