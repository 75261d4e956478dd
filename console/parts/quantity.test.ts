// Numbers as people read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCount, formatCpuShare, formatDuration, plural } from './quantity.ts';

test('sizes have the unit that fits', () => {
  const sizes = [0, 1023, 1024, 1536, 150 * 1024, 2 ** 30, 2 ** 60].map(formatBytes);
  assert.deepEqual(sizes, ['0 B', '1023 B', '1.0 KiB', '1.5 KiB', '150 KiB', '1.0 GiB', '1048576 TiB']);
});

test('durations have the largest unit that fits, and never less than nothing', () => {
  const durations = [-5, 12, 999, 1_000, 61_000, 3_600_000, 90_000_000].map(formatDuration);
  assert.deepEqual(durations, ['0 ms', '12 ms', '999 ms', '1 s', '1 min', '1 h', '1 d']);
});

test('counts are grouped, and one is not many', () => {
  assert.equal(formatCount(1_234_567), '1,234,567');
  assert.deepEqual(
    [plural(0, 'alert'), plural(1, 'alert'), plural(2, 'alert')],
    ['0 alerts', '1 alert', '2 alerts'],
  );
});

test('CPU time is a share of one core', () => {
  assert.equal(formatCpuShare(500, 10_000), '5.0 %');
  assert.equal(formatCpuShare(5_000, 10_000), '50 %');
  assert.equal(formatCpuShare(5, 0), '0.0 %');
});
