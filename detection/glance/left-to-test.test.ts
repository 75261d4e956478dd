// What the tree chooses and what is then left to test decide together as the whole condition does, whatever the event.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequested } from '@yagura/contracts';
import { compileCondition } from '../compile/compile-condition.ts';
import { createReading, turnTo } from '../compile/reading.ts';
import type { TypedCondition } from '../compile/typed-condition.ts';
import { builtinRules, loadRuleFolder } from '../files/load-rule-folder.ts';
import { loadRules } from '../files/load-rules.ts';
import { createRuleChoice } from './choose-rules.ts';
import { leftToTest } from './left-to-test.ts';

type Draw = (limit: number) => number;

function createDraw(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
}

const pick = <T>(draw: Draw, values: readonly T[]): T => values[draw(values.length)] as T;

const tests = [
  'ka.verb = create',
  'ka.verb != get',
  'ka.verb in (create, patch)',
  'ka.target.resource = pods',
  'ka.target.subresource exists',
  'ka.target.namespace in (a, kube-system)',
  'ka.target.name startswith a',
  'ka.user.name startswith "system:"',
  'ka.user.groups intersects (a, system:masters)',
  'ka.user.groups in (a)',
  'ka.useragent contains b',
  'ka.useragent.tool exists',
  'ka.source.network = private',
  'ka.response.code >= 400',
  'ka.uri.param[dryRun] exists',
  'ka.uri contains dryRun',
  'jevt.value[/verb] = create',
  'ka.req.pod.containers.privileged intersects (true)',
  'ka.req.pod.host_network = true',
  'ka.req.container.privileged = true',
  'ka.resp.name exists',
  'ka.object.left_out = true',
  'ka.object.left_out = false',
  'tolower(ka.verb) = create',
  'ka.verb = val(ka.target.resource)',
];

function writeCondition(draw: Draw, depth: number): string {
  const kind = depth === 0 ? 0 : draw(5);
  if (kind === 0) return pick(draw, tests);
  if (kind === 1) return `not (${writeCondition(draw, depth - 1)})`;
  const word = kind === 2 ? 'or' : 'and';
  return `(${writeCondition(draw, depth - 1)} ${word} ${writeCondition(draw, depth - 1)})`;
}

function conditions(draw: Draw, count: number): readonly TypedCondition[] {
  const text = Array.from(
    { length: count },
    (_, index) =>
      `- rule: r${index}\n  source: k8s_audit\n  condition: ${writeCondition(draw, 5)}\n  output: o\n  priority: INFO\n`,
  ).join('');
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  return rules.map(({ condition }) => condition);
}

const odd: readonly unknown[] = [undefined, null, '', 7, ['a', ''], { a: 1 }];
const maybe = (draw: Draw, values: readonly unknown[]): unknown => pick(draw, draw(8) === 0 ? odd : values);

/** As little like an event as a damaged one may be. */
function randomEvent(draw: Draw): ApiRequested {
  const container = { image: 'nginx', securityContext: { privileged: maybe(draw, [true, false]) } };
  const spec = { containers: [container], hostNetwork: maybe(draw, [true]) };
  const request: unknown = {
    ...{
      auditID: 'x',
      stage: maybe(draw, ['ResponseComplete']),
      verb: maybe(draw, ['create', 'get', 'PATCH']),
    },
    level: maybe(draw, ['Metadata', 'RequestResponse']),
    requestURI: maybe(draw, ['/api/v1/pods', '/api/v1/pods?dryRun=All']),
    user: maybe(draw, [
      { username: maybe(draw, ['a', 'system:x']), groups: maybe(draw, [['a'], ['a', 'system:masters'], []]) },
    ]),
    userAgent: maybe(draw, ['kubectl/v1', 'b']),
    sourceIPs: maybe(draw, [['10.0.0.1'], ['203.0.113.7']]),
    objectRef: maybe(draw, [
      {
        ...{ resource: maybe(draw, ['pods', 'create']), namespace: maybe(draw, ['a', 'b']) },
        ...{ name: maybe(draw, ['a', 'b']), subresource: maybe(draw, [undefined, 'exec']) },
      },
    ]),
    responseStatus: maybe(draw, [{ code: maybe(draw, [201, 403]) }]),
    requestObject: maybe(draw, [{ spec }, undefined]),
    responseObject: maybe(draw, [{ metadata: { name: 'a' } }, undefined]),
  };
  const event: unknown = {
    ...{ kind: 'api.requested', id: 'x', time: '2026-05-04T10:00:00Z', provider: 'kubernetes' },
    quality: pick(draw, [{}, { truncated: true }]),
    request,
  };
  return event as ApiRequested;
}

function compare(all: readonly TypedCondition[], draw: Draw, events: number): number {
  const slots = new Map<string, number>();
  const rules = all.map((condition) => ({
    whole: compileCondition(condition, slots).holds,
    left: compileCondition(leftToTest(condition), slots).holds,
  }));
  const choose = createRuleChoice(
    rules.map((rule, index) => ({ rule, condition: all[index] as TypedCondition })),
    {},
  );
  let held = 0;
  const reading = createReading(randomEvent(draw));
  for (let round = 0; round < events; round += 1) {
    const event = randomEvent(draw);
    turnTo(reading, event);
    const chosen = choose(event);
    if (chosen === undefined) continue;
    const expected = rules.filter(({ whole }) => whole(reading));
    const found = chosen.filter(({ left }) => left(reading));
    assert.deepEqual(
      found.map((rule) => rules.indexOf(rule)),
      expected.map((rule) => rules.indexOf(rule)),
    );
    held += expected.length;
  }
  return held;
}

test('conditions of any shape', () => {
  const draw = createDraw(7);
  let held = 0;
  for (let round = 0; round < 10; round += 1) held += compare(conditions(draw, 40), draw, 300);
  assert.ok(held > 10_000, String(held));
});

test('the built-in rules', async () => {
  const { rules } = await loadRuleFolder(builtinRules);
  const audit = rules.filter(({ kinds }) => kinds.includes('api.requested'));
  const held = compare(
    audit.map(({ condition }) => condition),
    createDraw(8),
    2_000,
  );
  assert.ok(held > 500, String(held));
});
