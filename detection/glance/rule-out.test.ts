// What may be ruled out by a glance: never an event on which the condition holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditGlance, GlanceField, GlanceValue } from '@yagura/contracts';
import { loadRules } from '../files/load-rules.ts';
import { createRuleOut } from './rule-out.ts';

function ruleOutOf(condition: string): (seen: Partial<Record<GlanceField, GlanceValue>>) => boolean {
  const text = `- rule: r\n  source: k8s_audit\n  condition: >\n    ${condition}\n  output: o\n  priority: INFO\n`;
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  const mayMatch = createRuleOut(rules);
  return (seen) => {
    const glance: AuditGlance = {
      raw: (field) => JSON.stringify(seen[field]) ?? '',
      read: (field) => seen[field],
    };
    const first = mayMatch(glance);
    assert.equal(mayMatch(glance), first, 'the second look differs from the first');
    return !first;
  };
}

const cases: readonly [
  condition: string,
  seen: Partial<Record<GlanceField, GlanceValue>>,
  isRuledOut: boolean,
][] = [
  ['ka.verb = create', { verb: 'create' }, false],
  ['ka.verb = create', { verb: 'get' }, true],
  ['ka.verb = create', {}, true],
  ['ka.verb = create', { verb: null }, false],
  ['not ka.verb = create', {}, false],
  ['not ka.verb = create', { verb: 'create' }, true],
  ['ka.verb != create', {}, true],
  ['ka.verb = create and ka.req.pod.host_network = true', { verb: 'create', bodies: 'some' }, false],
  ['ka.verb = create and ka.req.pod.host_network = true', { verb: 'create' }, true],
  ['ka.verb = create and not ka.req.pod.host_network = true', { verb: 'create' }, false],
  ['ka.verb = create or ka.req.pod.host_network = true', { verb: 'get', bodies: 'some' }, false],
  ['ka.verb = create or ka.req.pod.host_network = true', { verb: 'get' }, true],
  ['ka.req.volume.hostpath[/etc] = false', {}, false],
  ['jevt.value[/requestObject/kind] = Pod', {}, true],
  ['jevt.value[/requestObject/kind] = Pod', { bodies: 'some' }, false],
  ['tolower(ka.resp.name) = x', {}, false],
  ['not (ka.verb = create or ka.req.pod.host_network = true)', { verb: 'create' }, true],
  ['not (ka.verb = create and ka.req.pod.host_network = true)', { verb: 'create' }, false],
  ['ka.response.code >= 400', { code: 403 }, false],
  ['ka.response.code >= 400', { code: 200 }, true],
  ['ka.response.code >= 400', { code: null }, false],
  ['ka.user.groups intersects (system:masters)', { groups: ['a', 'system:masters'] }, false],
  ['ka.user.groups intersects (system:masters)', { groups: ['a'] }, true],
  ['ka.user.groups in (a, b)', { groups: [] }, true],
  ['ka.useragent icontains HUNTER', { userAgent: 'kube-hunter/1' }, false],
  ['ka.target.name startswith x and ka.uri contains y', { name: 'xa', requestURI: 'ay' }, false],
  ['ka.target.name startswith x and ka.uri contains y', { name: 'xa', requestURI: 'a' }, true],
  ['ka.target.name startswith x and ka.uri contains y', { name: 'xa', requestURI: null }, false],
  ['ka.verb = val(ka.target.resource)', { verb: 'get', resource: 'pods' }, false],
  ['tolower(ka.verb) = create', { verb: 'get' }, true],
  ['tolower(ka.verb) = create', { verb: 'CREATE' }, false],
  ['concat(ka.verb, ka.target.resource) = createpods', { verb: 'get', resource: 'x' }, false],
  ['ka.source.network = private', { sourceIPs: ['10.0.0.1'] }, false],
  ['ka.source.network = private', { sourceIPs: ['203.0.113.7'] }, true],
  ['ka.object.left_out = true', { kept: 'yes' }, true],
  ['ka.object.left_out = true', {}, false],
  ['ka.object.left_out = false', { kept: 'yes' }, false],
  ['not ka.object.left_out = true', { kept: 'yes' }, false],
  ['not ka.object.left_out = true', {}, false],
  ['jevt.value[/verb] = create', { verb: 'get' }, true],
];

for (const [condition, seen, isRuledOut] of cases)
  test(`${condition}: ${JSON.stringify(seen)} is ${isRuledOut ? '' : 'not '}ruled out`, () => {
    assert.equal(ruleOutOf(condition)(seen), isRuledOut);
  });

test('values that never repeat do not grow memory without bound, and the answers stay right', () => {
  const isRuledOut = ruleOutOf('ka.user.name = mallory and ka.useragent = x');
  const long = 'y'.repeat(5_000);
  for (let index = 0; index < 50_000; index += 1) assert.ok(isRuledOut({ user: `user-${index}` }));
  assert.equal(isRuledOut({ user: 'mallory', userAgent: 'x' }), false);
  assert.equal(isRuledOut({ user: long }), false, 'what is too long to be remembered is parsed');
});

test('without rules everything is ruled out', () => {
  assert.equal(createRuleOut([])({ raw: () => '', read: () => undefined }), false);
});
