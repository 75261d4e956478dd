// Rules of a running hub from the command line, as a pipeline would push them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { HubRule, RuleFileVersion } from '@yagura/contracts';
import { Program } from './installation/program.ts';

const run = promisify(execFile);
const yagura = fileURLToPath(new URL('../yagura', import.meta.url));
const rule = (verb: string): string =>
  `- rule: Mine\n  id: mine\n  desc: x\n  condition: ka.verb=${verb}\n  output: x\n  source: k8s_audit\n  priority: NOTICE\n`;

test('rules are pushed, listed, turned off, restored and pulled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-e2e-'));
  await chmod(folder, 0o755);
  try {
    await using _hub = await Program.start({
      main: 'hub/main.ts',
      args: ['--data', join(folder, 'data'), '--api', '127.0.0.1:0', '--agents', '127.0.0.1:0'],
      logFile: join(folder, 'hub.log'),
    });
    const data = ['--data', join(folder, 'data')];
    const rules = async (...words: string[]): Promise<string> =>
      (await run(yagura, ['rules', ...words, ...data])).stdout;
    const path = join(folder, 'mine.yaml');
    for (const verb of ['delete', 'patch']) {
      await writeFile(path, rule(verb));
      await rules('push', path, '--comment', `on ${verb}`);
    }
    await writeFile(path, rule('('));
    await assert.rejects(rules('push', path), /RULES_BROKEN[\s\S]*mine\.yaml:4/);
    await assert.rejects(rules('push', path, '--if-version', '1'), /HUB_REFUSED/);
    const mine = async (): Promise<HubRule | undefined> =>
      (await rules('list', '--hub', '--json'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as HubRule)
        .find(({ id }) => id === 'mine');
    assert.deepEqual([(await mine())?.condition, (await mine())?.origin], ['ka.verb=patch', 'hub']);
    assert.match(await rules('disable', 'mine', '--reason', 'too loud'), /mine is off/);
    assert.equal((await mine())?.switch?.reason, 'too loud');
    assert.match(await rules('restore', 'mine', '1'), /version 3/);
    const versions = (await rules('versions', 'mine', '--json')).trim().split('\n');
    assert.deepEqual(
      versions.map((line) => (JSON.parse(line) as RuleFileVersion).comment),
      ['version 1 again', 'on patch', 'on delete'],
    );
    await rules('pull', '--to', join(folder, 'pulled'));
    assert.equal(await readFile(join(folder, 'pulled', 'mine.yaml'), 'utf8'), rule('delete'));
    assert.match(await rules('reload'), /rules run, 0 problems/);
    assert.equal(await rules('state', 'export'), '');
    assert.match(await rules('remove', 'mine'), /removed/);
    assert.equal(await mine(), undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
