// A hub whose certificate only a private authority vouches for: refused with what mends it, and reached once it is named.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { spawnCli } from '../testing/run-cli.ts';

interface PrivateHub {
  readonly folder: string;
  readonly url: string;
  readonly certificate: string;
}

/** Its answer to everything is a refusal, which is an answer. */
async function startPrivateHub(t: TestContext): Promise<PrivateHub> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-private-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = ['-subj', '/CN=hub', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...curve, ...names, ...files], { stdio: 'pipe' });
  const pair = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer(pair, (_, response) => response.writeHead(401).end()).listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  return { folder, certificate, url: `https://localhost:${(server.address() as AddressInfo).port}` };
}

test('a private authority is trusted when an option, the environment or the hub of this machine names it', async (t) => {
  const { folder, url, certificate } = await startPrivateHub(t);
  const asked = ['clusters', 'list', '--url', url, '--data', folder];
  const env = { YAGURA_TOKEN: 'token-of-test' };
  const [foreign, byOption, byEnvironment, unreadable] = await Promise.all([
    spawnCli(asked, { env }),
    spawnCli([...asked, '--url-ca', certificate], { env }),
    spawnCli(asked, { env: { ...env, YAGURA_URL_CA: certificate } }),
    spawnCli([...asked, '--url-ca', join(folder, 'key.pem')], { env }),
  ]);
  assert.match(foreign.stderr, /\(HUB_UNTRUSTED\)\n {2}Name its authority with --url-ca/);
  assert.match(byOption.stderr, /\(HUB_REFUSED\)/);
  assert.match(byEnvironment.stderr, /\(HUB_REFUSED\)/);
  assert.match(unreadable.stderr, /key\.pem.*\(FILE_UNREADABLE\)/);
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'run', 'cli.json'), JSON.stringify({ url, token: 't', caFile: certificate }));
  assert.match((await spawnCli(['clusters', 'list', '--data', folder])).stderr, /\(HUB_REFUSED\)/);
});
