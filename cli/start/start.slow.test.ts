// `yagura start` as a user meets it: up, asked, refused a second time, killed, up again, ended with Ctrl-C.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnCli, yagura } from '../testing/run-cli.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<unknown[]>;
}

async function start(args: readonly string[]): Promise<Started> {
  const child = spawn(yagura, ['start', '--no-sensor', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const exited = once(child, 'exit');
  const until = Date.now() + 60_000;
  while (!/sign-in/i.test(text)) {
    assert.ok(Date.now() < until && child.exitCode === null, `not up:\n${text}`);
    await sleep(50);
  }
  return { process: child, output: () => text, exited };
}

const canConnect = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );

test('start, a second start, kill -9, start again, Ctrl-C', { timeout: 120_000 }, async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'yagura-start-'));
  chmodSync(data, 0o755);
  const api = `127.0.0.1:${await freePort()}`;
  const args = ['--data', data, '--api', api, '--agents', `127.0.0.1:${await freePort()}`];
  const running: ChildProcess[] = [];
  t.after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  const first = await start(args);
  running.push(first.process);
  assert.match(first.output(), /sensor\s+off/);
  const listed = await spawnCli(['alerts', 'list', '--json', '--data', data]);
  assert.deepEqual([listed.code, listed.stdout], [0, ''], listed.stderr);

  const [same, taken] = await Promise.all([
    spawnCli(['start', ...args]),
    spawnCli(['start', '--no-sensor', '--data', join(data, 'other'), '--api', api]),
  ]);
  assert.equal(same.code, 1);
  assert.match(same.stderr, /DATA_IN_USE/);
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /PORT_IN_USE/);

  first.process.kill('SIGKILL');
  await first.exited;
  const until = Date.now() + 15_000;
  while (await canConnect(`http://${api}`)) {
    assert.ok(Date.now() < until, 'the hub outlives a supervisor that was killed');
    await sleep(100);
  }

  const second = await start(args);
  running.push(second.process);
  const before = Date.now();
  second.process.kill('SIGINT');
  const [code] = await second.exited;
  assert.equal(code, 0, second.output());
  assert.ok(Date.now() - before < 10_000, 'Ctrl-C took too long');
  assert.equal(await canConnect(`http://${api}`), false);
});
