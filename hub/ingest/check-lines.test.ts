// Lines of a batch: a bad one costs only itself, whatever it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventKind } from '@yagura/contracts';
import { checkLines } from './check-lines.ts';
import { processEvent } from './testing.ts';

const allowedKinds = new Set<EventKind>(['process.started']);
const rules = { allowedKinds, maxLines: 100 };
const good = (number: number): string => JSON.stringify(processEvent(`e${number}`));

test('good lines pass as they are, blank ones do not count', async () => {
  for (const text of [`${good(1)}\n${good(2)}\n`, `${good(1)}\r\n\n \n${good(2)}`]) {
    const checked = await checkLines(text, rules);
    assert.deepEqual(checked, {
      total: 2,
      accepted: 2,
      kinds: { 'process.started': 2 },
      rejected: [],
      rejectedTotal: 0,
      rejectedBy: {},
    });
  }
  assert.equal((await checkLines('', rules))?.total, 0);
});

test('each kind of bad line is named with its number, and only the good ones are left', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const audit = {
    kind: 'api.requested',
    id: 'a',
    time: 't',
    provider: 'kubernetes',
    quality: {},
    request: { auditID: '1', stage: 'ResponseComplete', verb: 'get' },
  };
  const lines = [
    good(1),
    '{"kind":',
    good(2),
    JSON.stringify({ ...processEvent('e'), process: { pid: 'x' } }),
    JSON.stringify({ kind: 'process.started', id: 'x'.repeat(1024 * 1024) }),
    JSON.stringify(audit),
    deep,
    'null',
    '{"kind":"__proto__"}',
    good(3),
  ];
  const checked = await checkLines(lines.join('\n'), rules);
  assert.equal(checked?.total, 10);
  assert.equal(checked.accepted, 3);
  assert.deepEqual(
    checked.rejected.map(({ line, code }) => [line, code]),
    [
      [2, 'LINE_NOT_JSON'],
      [4, 'LINE_NOT_AN_EVENT'],
      [5, 'LINE_TOO_LONG'],
      [6, 'KIND_NOT_ALLOWED'],
      [7, 'LINE_NOT_AN_EVENT'],
      [8, 'LINE_NOT_AN_EVENT'],
      [9, 'LINE_NOT_AN_EVENT'],
    ],
  );
  assert.deepEqual(checked.rejectedBy, {
    LINE_NOT_JSON: 1,
    LINE_NOT_AN_EVENT: 4,
    LINE_TOO_LONG: 1,
    KIND_NOT_ALLOWED: 1,
  });
  assert.deepEqual(checked.rest?.trim().split('\n'), [good(1), good(2), good(3)]);
});

test('length counts bytes, not characters', async () => {
  const padded = { ...processEvent('e'), node: 'é'.repeat(600_000) };
  const checked = await checkLines(JSON.stringify(padded), rules);
  assert.equal(checked?.rejected[0]?.code, 'LINE_TOO_LONG');
});

test('only the first few bad lines are shown, all are counted, and messages are short', async () => {
  const checked = await checkLines(`${'x'.repeat(1000)}\n`.repeat(90), rules);
  assert.equal(checked?.rejected.length, 20);
  assert.equal(checked.rejectedTotal, 90);
  assert.ok(checked.rejected.every(({ message }) => message.length <= 200));
  assert.equal(checked.rest, '');
});

test('too many lines: nothing is taken', async () => {
  assert.equal(await checkLines(`${good(1)}\n`.repeat(101), rules), undefined);
});

test('the event loop gets its turn while a large batch is checked', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await checkLines(`${good(1)}\n`.repeat(5_000), { allowedKinds, maxLines: 5_000, sliceMs: 2 });
  clearInterval(timer);
  assert.ok(turns > 0);
});
