// Tests of reading a process's rights.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveCapabilities, missingForSensor } from './capabilities.ts';

test('the effective set is read by its bits', () => {
  const full = effectiveCapabilities('CapPrm:\t0000000000000000\nCapEff:\t000001ffffffffff\n');
  assert.deepEqual(missingForSensor(full), []);
  assert.deepEqual(missingForSensor(effectiveCapabilities('CapEff:\t0000000000000000\n')), [
    'BPF',
    'PERFMON',
    'SYS_PTRACE',
  ]);
  // SYS_ADMIN (21) and SYS_PTRACE (19), as before Linux 5.8.
  assert.deepEqual(missingForSensor(effectiveCapabilities('CapEff:\t0000000000280000\n')), []);
  // BPF (39) and PERFMON (38) alone.
  assert.deepEqual(missingForSensor(effectiveCapabilities('CapEff:\t000000c000000000\n')), ['SYS_PTRACE']);
  assert.deepEqual([...effectiveCapabilities('nothing')], []);
});
