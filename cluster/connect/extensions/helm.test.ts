// A program in Helm's place: what it is given, its bounds, and its end.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Helm, HelmFailure, prepareHelm } from './helm.ts';

async function start(t: TestContext, script: string, timeoutMs = 20_000): Promise<Helm & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-helm-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'helm');
  await writeFile(program, `#!${process.execPath}\n${script}\n`);
  await chmod(program, 0o755);
  const apiServer = { url: 'https://10.0.0.1:443', authorityFile: '/ca.crt', tokenFile: '/token' };
  return { folder, ...(await prepareHelm({ program, folder, apiServer, timeoutMs })) };
}

const goOn = new AbortController().signal;

test('arguments are words, the environment is small, and the credential is a path', async (t) => {
  const helm = await start(t, 'console.log(JSON.stringify([process.argv.slice(2), process.env]))');
  const [words, env] = JSON.parse(await helm.run(['a b', '$(id)', '; ls'], goOn));
  assert.deepEqual(words, ['a b', '$(id)', '; ls']);
  assert.deepEqual(Object.keys(env).sort(), ['GOMAXPROCS', 'GOMEMLIMIT', 'HOME', 'KUBECONFIG']);
  const { users, clusters } = JSON.parse(await readFile(env.KUBECONFIG, 'utf8'));
  assert.deepEqual(users[0].user, { tokenFile: '/token' });
  assert.equal(clusters[0].cluster.server, 'https://10.0.0.1:443');
});

test('a failure is what stands behind the last “Error:”, in one line and within bounds', async (t) => {
  const helm = await start(
    t,
    `console.error('W'.repeat(200_000)); console.error('Error: UPGRADE FAILED:\\n  no\\n\\n  memory ' + 'x'.repeat(5000)); process.exitCode = 1`,
  );
  await assert.rejects(helm.run(['upgrade'], goOn), (error) => {
    assert.ok(error instanceof HelmFailure);
    assert.match(error.message, /^UPGRADE FAILED:; no; memory x+$/);
    assert.ok(error.message.length <= 800);
    return true;
  });
});

test('one that does not end is killed, and so is one whose agent ends', async (t) => {
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
  const slow = await start(t, stubborn, 500);
  await assert.rejects(slow.run(['upgrade'], goOn), /no end within 500 ms/);
  const cut = await start(t, stubborn);
  const stop = new AbortController();
  const running = cut.run(['upgrade'], stop.signal);
  setTimeout(() => stop.abort(new Error('the agent ends')), 200);
  await assert.rejects(running, /the agent ends/);
});

test('a missing program is named', async (t) => {
  const { folder } = await start(t, '');
  const apiServer = { url: 'https://x', authorityFile: '', tokenFile: '' };
  const helm = await prepareHelm({ program: join(folder, 'none'), folder, apiServer, timeoutMs: 1000 });
  await assert.rejects(helm.run(['version'], goOn), /none: spawn .*ENOENT/);
});
