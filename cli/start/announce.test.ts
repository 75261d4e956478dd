// Tests of what `start` tells to do next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentTerminal } from '../terminal/terminal.ts';
import { announcement } from './announce.ts';

const hub = {
  apiUrl: 'http://127.0.0.1:7080',
  agentsUrl: 'https://127.0.0.1:7443',
  workspace: 'w',
  registrationToken: 't',
  authorityFile: 'ca.pem',
};
const root = { ...silentTerminal, isRoot: true };
const told = (data: string, terminal = root): string =>
  announcement({ data, hub, sensor: 'running' }, terminal);

test('what to do next can be typed as it stands', () => {
  assert.match(told('/var/lib/yagura'), /`yagura simulate`/);
  assert.match(
    told('/tmp/try'),
    /`yagura simulate --data \/tmp\/try`.*`yagura alerts watch --data \/tmp\/try`/,
  );
  const npm = { ...root, env: { npm_lifecycle_event: 'start' } };
  assert.match(told('/var/lib/yagura', npm), /`npx yagura simulate`/);
});
