// The settings as an operator gives them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@yagura/kit';
import { HubConfig, isLoopback, parseAddress } from './config.ts';

const read = (flags: Record<string, string | string[]>) => readConfig({ schema: HubConfig, flags });

test('without a flag everything is local', () => {
  const config = read({});
  assert.equal(config.api, '127.0.0.1:7080');
  assert.equal(config.agents, '127.0.0.1:7443');
  assert.deepEqual(config.rules, []);
});

test('a setting that does not fit is named', () => {
  assert.throws(() => read({ api: 'localhost' }), { key: 'api' });
  assert.throws(() => read({ 'public-url': 'yagura.example' }), { key: 'publicUrl' });
  assert.throws(() => read({ 'closed-alert-days': '0' }), { key: 'closedAlertDays' });
});

test('addresses are taken apart', () => {
  assert.deepEqual(parseAddress('[::1]:7080'), { host: '::1', port: 7080 });
  assert.deepEqual(parseAddress('0.0.0.0:0'), { host: '0.0.0.0', port: 0 });
});

test('loopback is loopback only', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'hub.example'])
    assert.ok(!isLoopback(host), host);
});
