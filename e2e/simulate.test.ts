// What a stranger does first: start everything, simulate attacks in a container, and see the alerts.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeCgroup } from './installation/cgroup.ts';
import { freePort } from './installation/free-port.ts';
import { waitUntil } from './installation/wait-until.ts';

const run = promisify(execFile);
const yagura = fileURLToPath(new URL('../yagura', import.meta.url));

interface Report {
  readonly results: readonly { readonly scenario: string; readonly missing: readonly string[] }[];
  readonly medianLatencyMs: number;
}

test('every scenario raises its alert, from the kernel to the API in under a second', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('needs root to load eBPF programs and to make a container');
  await using _scope = await makeCgroup('yagura-simulate');
  const data = await mkdtemp(join(tmpdir(), 'yagura-e2e-'));
  await chmod(data, 0o755);
  const ports = { api: await freePort(), agents: await freePort() };
  const started = spawn(
    yagura,
    [
      ...['start', '--data', data, '--scope', 'cgroup:/yagura-simulate'],
      ...['--api', `127.0.0.1:${ports.api}`, '--agents', `127.0.0.1:${ports.agents}`],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exited = once(started, 'exit');
  try {
    await waitUntil(
      async () => output,
      (seen) => /sign-in\?code=/.test(seen) && /sensor/i.test(seen),
      { what: 'the sign-in link and the sensor', timeoutMs: 60_000 },
    );
    const { stdout } = await run(yagura, ['simulate', '--json', '--data', data], { timeout: 120_000 });
    const report = JSON.parse(stdout) as Report;
    assert.ok(report.results.length >= 4);
    assert.deepEqual(
      report.results.filter(({ missing }) => missing.length > 0),
      [],
    );
    assert.ok(report.medianLatencyMs < 1000, `median ${report.medianLatencyMs} ms`);
    t.diagnostic(`median latency from kernel to API: ${report.medianLatencyMs.toFixed(0)} ms`);
  } finally {
    started.kill('SIGINT');
    const [code] = await exited;
    assert.equal(code, 0, `Ctrl-C ends it cleanly; it printed:\n${output}`);
    await rm(data, { recursive: true, force: true });
  }
});
