// When to register, to renew and to wait; and a request that proves its key.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTestAuthority } from '../testing/authority.ts';
import { type Identity, nextStep, toIdentity } from './identity.ts';
import { loadIdentity, saveIdentity } from './identity-file.ts';
import { createSigningRequest } from './signing-request.ts';

const owner = { workspace: 'w1', name: 'node-1' };

async function issue(random: () => number, lifeMs = 90_000): Promise<Identity> {
  const authority = await createTestAuthority();
  const { key, csr } = await createSigningRequest('node-1');
  const { certificate, notAfter } = await authority.issue(csr, lifeMs);
  const issued = {
    agentId: 'a',
    certificate,
    authority: authority.certificate,
    notAfter: notAfter.toISOString(),
  };
  return toIdentity({ issued, key, owner, now: Date.now(), random });
}

test('renewal is due between 60 % and two thirds of the life that is left', async () => {
  for (const [random, share] of [
    [0, 0.6],
    [1, 2 / 3],
  ] as const) {
    const now = Date.now();
    const identity = await issue(() => random);
    const actual = (identity.renewAt - now) / (identity.notAfter - now);
    assert.ok(Math.abs(actual - share) < 0.02, `${actual}`);
  }
});

test('steps over the life of a certificate', async () => {
  const identity = await issue(() => 1);
  const { renewAt, notAfter } = identity;
  assert.deepEqual(nextStep(undefined, 0), { do: 'register' });
  assert.deepEqual(nextStep(identity, renewAt - 10), { do: 'wait', ms: 10 });
  assert.deepEqual(nextStep(identity, renewAt - 10 * 3_600_000), { do: 'wait', ms: 60_000 });
  assert.deepEqual(nextStep(identity, renewAt), { do: 'renew' });
  assert.deepEqual(nextStep(identity, notAfter), { do: 'register' });
});

test('the file comes back, is for its owner only, and is not taken when damaged or of another node', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-identity-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sub', 'identity.json');
  const [identity, other] = [await issue(() => 1), await issue(() => 1)];
  assert.equal(loadIdentity(path, owner), undefined);
  saveIdentity(path, identity);
  saveIdentity(path, identity);
  assert.deepEqual(loadIdentity(path, owner), identity);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(loadIdentity(path, { ...owner, name: 'node-2' }), undefined);
  assert.equal(loadIdentity(path, { ...owner, workspace: 'w2' }), undefined);
  saveIdentity(path, { ...identity, key: other.key });
  assert.equal(loadIdentity(path, owner), undefined);
  writeFileSync(path, '{"agentId":');
  assert.equal(loadIdentity(path, owner), undefined);
});

test('a certificate for another key is refused', async () => {
  const authority = await createTestAuthority();
  const { certificate, notAfter } = await authority.issue((await createSigningRequest('n')).csr, 1000);
  const { key } = await createSigningRequest('n');
  const issued = {
    agentId: 'a',
    certificate,
    authority: authority.certificate,
    notAfter: notAfter.toISOString(),
  };
  assert.throws(() => toIdentity({ issued, key, owner, now: 0 }), /not for our key/);
});
