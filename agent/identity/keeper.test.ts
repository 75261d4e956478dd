// A first registration is spread by chance; a token that was used before is not waited for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger, systemClock } from '@yagura/kit';
import { createHealth } from '../health.ts';
import { createTestHub } from '../testing/test-hub.ts';
import { IdentityKeeper } from './keeper.ts';
import { createRegistrar } from './registrar.ts';

const owner = { workspace: 'w1', name: 'one' };

test('a first registration waits for its part of the spread, and ends with the signal', async (t) => {
  const hub = await createTestHub();
  t.after(() => hub.stop());
  const log = createLogger({ name: 'test', level: 'error' });
  const way = { url: hub.url, authority: hub.authority, clock: systemClock };
  const registrar = createRegistrar({
    ...way,
    owner,
    role: 'node',
    cluster: undefined,
    readToken: () => hub.token,
  });
  const keeper = (random: () => number): IdentityKeeper =>
    new IdentityKeeper({
      ...{ ...way, registrar, health: createHealth(log), log, stored: undefined, save: () => {} },
      ...{ spreadMs: 600_000, random },
    });
  const stop = new AbortController();
  const late = keeper(() => 0.5);
  const running = late.run(stop.signal);
  const early = keeper(() => 0);
  const runningToo = early.run(stop.signal);
  await early.connection(stop.signal);
  assert.deepEqual([early.isRegistered, late.isRegistered], [true, false]);
  stop.abort();
  await Promise.all([running, runningToo]);
  assert.equal(late.isRegistered, false);
});
