// CEF lines: fields, and that nothing in an alert forges another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExportedAlert } from '../alert-format.ts';
import { hostileText, inputOf, sampleAlerts } from '../testing.ts';
import { cefHeader, cefValue } from './escape.ts';
import { cef } from './format.ts';

/** Splits as a receiver does: at what is not escaped. */
function parse(line: string): {
  readonly head: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
} {
  const parts = line.split(/(?<!\\)(?:\\\\)*\|/);
  const fields = new Map<string, string>();
  const text = parts.slice(7).join('|');
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)=((?:\\.|[^=\\])*?)(?=(?: \w+=)|$)/gs))
    fields.set(name, value);
  return { head: parts.slice(0, 7), fields };
}
const lineOf = (index: number): string => cef.write(inputOf(sampleAlerts[index] as ExportedAlert));

test('a line carries the alert', () => {
  const { head, fields } = parse(lineOf(0));
  assert.deepEqual(head, ['CEF:0', 'Yagura', 'Yagura', '0.1.0', 'exec-into-pod', 'Exec into a pod', '5']);
  assert.equal(fields.get('externalId'), 'a1');
  assert.equal(fields.get('src'), '192.0.2.7');
  assert.equal(fields.get('suser'), 'alice');
  assert.equal(fields.get('cs1'), 'prod');
  assert.equal(fields.get('cs1Label'), 'cluster');
  assert.equal(fields.get('rt'), String(Date.parse('2026-01-02T04:04:05Z')));
});

test('hostile text stays one line, and in its own field', () => {
  const line = lineOf(4);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is what is tested
  assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  assert.ok(line.isWellFormed());
  const { head, fields } = parse(line);
  assert.equal(head.length, 7);
  assert.equal(head[4], 'r\\|= ');
  assert.ok(!fields.has('d'));
  assert.match(fields.get('suser') ?? '', /^a\|b\\\\c\\=d\\n<!channel>/);
  assert.ok(!fields.has('src'), 'what is no address is no source');
});

test('the two places have escapes of their own', () => {
  assert.equal(cefHeader('a|b\\c=d\ne', 100), 'a\\|b\\\\c=d e');
  assert.equal(cefValue('a|b\\c=d\r\ne\rf', 100), 'a|b\\\\c\\=d\\ne\\nf');
  assert.equal(cefValue('x'.repeat(20), 10), `${'x'.repeat(9)}…`);
  assert.ok(cefValue(hostileText, 16).isWellFormed());
});
