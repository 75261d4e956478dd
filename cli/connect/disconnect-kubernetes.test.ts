// Ending a connection at the hub alone says what was done.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { runCli } from '../testing/run-cli.ts';

test('disconnect --hub-only tells that it is done, or that there was nothing to do', async (t) => {
  const hub = createServer((request, response) => {
    const isKnown = request.url?.includes('/prod') === true;
    response.writeHead(isKnown ? 204 : 404, { 'content-type': 'application/json' });
    response.end(isKnown ? undefined : JSON.stringify({ error: { code: 'NOT_FOUND', message: 'cluster' } }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => hub.once('listening', resolve));
  t.after(() => hub.close());
  const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  const env = { YAGURA_TOKEN: 'secret-of-test' };
  const end = (name: string) =>
    runCli(['disconnect', 'kubernetes', name, '--hub-only', '--url', url], { env });
  const [known, unknown] = await Promise.all([end('prod'), end('gone')]);
  assert.equal(known.code, 0, known.stderr);
  assert.match(known.stdout, /^the hub ended the connection of prod; `--cluster-only` /);
  assert.equal(unknown.code, 0);
  assert.match(unknown.stderr, /the hub knows no connection of gone/);
});
