// Values are found with their defaults and with the comment above them, or that of what they are part of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readValues } from './chart-values.ts';

test('values and their comments', () => {
  const text =
    '# about the file\n\na:\n  # first\n  b: ""\n  # both\n  c:\n    d: { e: 1 }\n    f: [g]\nh: true\n';
  assert.deepEqual(readValues(text), [
    { path: 'a.b', byDefault: '""', meaning: 'first' },
    { path: 'a.c.d', byDefault: '{ e: 1 }', meaning: 'both' },
    { path: 'a.c.f', byDefault: '[g]', meaning: 'both' },
    { path: 'h', byDefault: 'true', meaning: '' },
  ]);
});
