// Contact with a hub is told apart from no way there, another authority, and a server that is no hub.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkContact } from './contact.ts';
import { createTestHub } from './testing.ts';

const signal = new AbortController().signal;
const refusal = { status: 401, body: { error: { code: 'CERTIFICATE_MISSING', message: 'm', mend: 'n' } } };

test('the hub answers, without a registration', async (t) => {
  const hub = await createTestHub();
  t.after(() => hub.stop());
  hub.refuseCall = () => refusal;
  await checkContact({ hub: hub.url, authority: hub.authority, proxy: undefined }, signal);
  assert.deepEqual(hub.calls, ['/v1/heartbeats']);
});

test('what is no hub of ours is named', async (t) => {
  const [hub, other] = [await createTestHub(), await createTestHub()];
  t.after(() => Promise.all([hub.stop(), other.stop()]));
  await assert.rejects(
    checkContact({ hub: hub.url, authority: other.authority, proxy: undefined }, signal),
    /HUB_UNUSABLE|certificate/,
  );
  hub.refuseCall = () => ({ status: 502 });
  await assert.rejects(
    checkContact({ hub: hub.url, authority: hub.authority, proxy: undefined }, signal),
    /status 502, as no hub/,
  );
  const { url, authority } = hub;
  await hub.stop();
  await assert.rejects(checkContact({ hub: url, authority, proxy: undefined }, signal), /ECONNREFUSED/);
});
