// What a glance at a line tells is what rules read of the event in it, and what it rules out no rule would have wanted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseAudit } from '@yagura/connector-kubernetes';
import { mutateRecord, sampleRecords } from '@yagura/connector-kubernetes/testing';
import type { Event, GlanceField } from '@yagura/contracts';
import { builtinRules, createEngine, loadRuleFolder } from '@yagura/detection';
import { createRandom } from '@yagura/kit/testing';
import { EventGlance } from './event-glance.ts';

const glance = new EventGlance();
const look = (line: string): boolean => glance.look(`x\n${line}\ny`, 2, 2 + line.length);
const withRequest = (request: unknown): string =>
  JSON.stringify({ kind: 'api.requested', id: 'x', time: 't', provider: 'kubernetes', quality: {}, request });

const told: readonly [field: GlanceField, request: unknown, value: unknown][] = [
  ['verb', { verb: 'get' }, 'get'],
  ['verb', { verb: '' }, undefined],
  ['verb', { verb: 7 }, undefined],
  ['user', { user: { username: 'é"\n' } }, 'é"\n'],
  ['user', { user: '{"username":"a"}' }, undefined],
  ['groups', { user: { groups: ['a', 5, ''] } }, ['a']],
  ['groups', {}, []],
  ['code', { responseStatus: { code: 201 } }, 201],
  ['code', { responseStatus: { code: '403' } }, 403],
  ['code', { responseStatus: { code: true } }, undefined],
  ['bodies', { responseObject: null }, 'some'],
  ['bodies', { verb: 'get' }, undefined],
  ['kept', { level: 'Metadata' }, 'yes'],
  ['kept', { level: 'Request', requestObject: {} }, 'yes'],
  ['kept', { level: 'Request', responseObject: {} }, undefined],
];

for (const [field, request, value] of told)
  test(`${field} of ${JSON.stringify(request)}`, () => {
    assert.ok(look(withRequest(request)));
    assert.deepEqual(glance.read(field), value);
  });

test('nothing is told of a line that is another event, is cut, or holds more', () => {
  const line = withRequest({ verb: 'get' });
  assert.ok(look(line));
  for (const other of [line.slice(0, -1), `${line}{}`, `${line.slice(0, -1)},"kind":"process.started"}`, ''])
    assert.equal(look(other), false, other);
});

test('with the built-in rules, what is ruled out fires nothing', async () => {
  const { rules } = await loadRuleFolder(builtinRules);
  const asked = createEngine(rules);
  const parsing = createEngine(rules);
  const random = createRandom(5);
  let ruledOut = 0;
  let fired = 0;
  for (let round = 0; round < 4_000; round += 1) {
    const record = mutateRecord(random.pick(sampleRecords), random);
    const normalised = normalisedOf(record);
    if (normalised === undefined) continue;
    const matches = parsing.evaluate(normalised);
    const isOut = look(JSON.stringify(normalised)) && !asked.mayMatch(glance);
    if (isOut) ruledOut += 1;
    else assert.equal(asked.evaluate(normalised).length, matches.length, record);
    if (isOut) assert.equal(matches.length, 0, record);
    fired += matches.length;
  }
  assert.ok(ruledOut > 200 && fired > 200, `${ruledOut} ruled out, ${fired} alerts`);
});

function normalisedOf(record: string): Event | undefined {
  try {
    const normalised = normaliseAudit(JSON.parse(record));
    return normalised.ok ? normalised.event : undefined;
  } catch {
    return undefined;
  }
}
