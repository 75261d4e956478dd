// Nanoseconds survive as text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rfc3339FromMs, rfc3339FromNs } from './rfc3339.ts';

test('nine digits, also before the epoch', () => {
  assert.equal(rfc3339FromNs(1_700_000_000_123_456_789n), '2023-11-14T22:13:20.123456789Z');
  assert.equal(rfc3339FromNs(0n), '1970-01-01T00:00:00.000000000Z');
  assert.equal(rfc3339FromNs(-1n), '1969-12-31T23:59:59.999999999Z');
  assert.equal(rfc3339FromMs(1_700_000_000_123), '2023-11-14T22:13:20.123Z');
});
