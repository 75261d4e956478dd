// Events of alerts, whole and cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCommand, asText, readEvent } from './event-shape.ts';

test('an event is known by its kind and its main part, however little else is left of it', () => {
  assert.equal(readEvent({ kind: 'process.started', process: {} }).kind, 'process');
  assert.equal(readEvent({ kind: 'file.opened', process: {} }).kind, 'process');
  assert.equal(readEvent({ kind: 'api.requested', request: {} }).kind, 'audit');
});

test('anything else is unknown and harms nothing', () => {
  for (const value of [
    null,
    7,
    'x',
    [],
    {},
    { kind: 7 },
    { kind: 'api.requested' },
    { kind: 'process.started' },
  ]) {
    assert.equal(readEvent(value).kind, 'unknown', JSON.stringify(value));
  }
});

test('values of evidence are one line', () => {
  assert.equal(asText(['a', ['b', 3]]), 'a, b, 3');
  assert.equal(asText({ a: 1, b: ['x', 'y'] }), 'a: 1; b: x, y');
  assert.equal(asText(null), 'null');
});

test('arguments are quoted as a shell wants them', () => {
  assert.equal(asCommand(['sh', '-c', "echo 'hi' | sh", '']), `sh -c 'echo '\\''hi'\\'' | sh' ''`);
});
