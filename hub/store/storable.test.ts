// What PostgreSQL would refuse is made fit before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { rfc3339FromPostgres } from './database.ts';
import { isDatabaseDown } from './database-down.ts';
import { storableText, storableTime } from './storable.ts';

test('text loses U+0000 and lone surrogates, and nothing else', () => {
  assert.equal(storableText('a\0b\uD800c'), 'a\uFFFDb\uFFFDc');
  assert.equal(storableText('żółw 🐢'), 'żółw 🐢');
});

test('a time is one that PostgreSQL takes', () => {
  for (const time of ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05+02:00'])
    assert.equal(storableTime(time), time);
  for (const time of ['', 'now', '2026-13-02T03:04:05Z', '0000-00-00T00:00:00Z', '2026-01-02', 'infinity'])
    assert.equal(storableTime(time), null, time);
});

test('times come back with their microseconds', () => {
  assert.equal(rfc3339FromPostgres('2026-01-02 03:04:05.123456+00'), '2026-01-02T03:04:05.123456Z');
  assert.equal(rfc3339FromPostgres('2026-01-02 03:04:05+00'), '2026-01-02T03:04:05Z');
});

test('a cursor is read back, a made-up one is refused', () => {
  const cursor = { time: '2026-01-02T03:04:05.123456Z', id: 'a' };
  assert.deepEqual(decodeCursor(encodeCursor(cursor)), cursor);
  for (const text of ['', 'x', Buffer.from('["now","a"]').toString('base64url')])
    assert.throws(() => decodeCursor(text), { code: 'REQUEST_INVALID' });
});

test('a server that is away is told from a statement that is wrong', () => {
  const error = (code: string) => Object.assign(new Error('x'), { code });
  for (const code of ['ECONNREFUSED', '57P01', '57P03', '08006', '53300'])
    assert.ok(isDatabaseDown(error(code)), code);
  for (const code of ['42601', '23505', '22021']) assert.ok(!isDatabaseDown(error(code)), code);
  assert.ok(isDatabaseDown(new Error('Connection terminated unexpectedly')));
  assert.ok(isDatabaseDown(new AggregateError([error('ECONNREFUSED')])));
  assert.ok(!isDatabaseDown(new TypeError('x is undefined')));
});
