// The publisher as a process, killed again and again in the middle of a stream: each event arrives, in order.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sleep } from '@yagura/kit';
import { type Bench, createBench, events } from './testing/bench.ts';

const main = fileURLToPath(import.meta.resolve('./main.ts'));

async function launch({ hub, folder, settings }: Bench): Promise<ChildProcess> {
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, hub.authority);
  const { workspace, data, socket, name } = settings;
  const flags = { hub: hub.url, authority, workspace, data, socket, name, 'log-level': 'error' };
  const child = spawn(
    process.execPath,
    [main, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])],
    {
      env: { ...process.env, YAGURA_REGISTRATION_TOKEN: hub.token },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const [message] = await once(child, 'message');
  assert.deepEqual(message, { type: 'ready' });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = once(child, 'exit');
  child.kill(signal);
  const [code] = await closed;
  return code;
}

test('ten kills in a stream of 20,000 events lose none', { timeout: 120_000 }, async (t) => {
  const bench = await createBench(t);
  const { hub, sender, arrived } = bench;
  const sent = events(0, 20_000);
  let child = await launch(bench);
  t.after(() => child.kill('SIGKILL'));
  for (let round = 0; round < 10; round++) {
    for (let at = round * 2000; at < round * 2000 + 2000; at++) {
      sender.send(sent[at] ?? '', 'process.started');
      if (at % 200 === 0) await sleep(5);
    }
    await sleep(Math.random() * 40);
    await end(child, 'SIGKILL');
    child = await launch(bench);
  }
  await sender.flush();
  await t.waitFor(() => assert.ok(new Set(hub.lines).size >= sent.length, `${new Set(hub.lines).size}`), {
    timeout: 20_000,
  });
  // A batch that was under way when the publisher was killed may come again under a larger one; firsts are in order.
  assert.deepEqual([...new Set(hub.lines)], sent);
  t.diagnostic(`${hub.lines.length - sent.length} of ${sent.length} events came twice`);
  assert.equal(hub.calls.filter((path) => path === '/v1/registrations').length, 1);
  await arrived(sent.length);
  assert.equal(await end(child, 'SIGTERM'), 0);
});
