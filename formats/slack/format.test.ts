// Slack messages: bounded, and without a way to mention, link or format.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExportedAlert } from '../alert-format.ts';
import { inputOf, sampleAlerts } from '../testing.ts';
import { slack } from './format.ts';

interface Text {
  readonly type: string;
  readonly text: string;
}
interface Block {
  readonly type: string;
  readonly text?: Text;
  readonly fields?: readonly Text[];
  readonly elements?: readonly (Text & { readonly url?: string })[];
}
const messageOf = (alert: ExportedAlert): { text: string; blocks: readonly Block[] } =>
  JSON.parse(slack.write(inputOf(alert)));

test('every text of an alert is plain text, and the fallback is escaped', () => {
  for (const alert of sampleAlerts) {
    const { text, blocks } = messageOf(alert);
    assert.doesNotMatch(text, /[<>]/);
    const texts = blocks.flatMap(({ text: own, fields = [] }) => [...(own ? [own] : []), ...fields]);
    assert.ok(texts.length > 2);
    for (const { type, text: value } of texts) {
      assert.equal(type, 'plain_text');
      assert.notEqual(value, '');
    }
  }
});

test('lengths stay within what Slack takes', () => {
  const long = { ...(sampleAlerts[0] as ExportedAlert), title: 'x'.repeat(9999), message: '<'.repeat(9999) };
  const { blocks } = messageOf(long);
  assert.equal(blocks[0]?.text?.text.length, 150);
  assert.ok((blocks[1]?.text?.text.length ?? 0) <= 3000);
  assert.ok((blocks[2]?.fields?.length ?? 0) <= 10);
});

test('the button leads to the alert', () => {
  const { blocks } = messageOf(sampleAlerts[0] as ExportedAlert);
  assert.equal(blocks.at(-1)?.elements?.[0]?.url, 'https://yagura.example/alerts/a1');
});
