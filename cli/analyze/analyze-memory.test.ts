// `yagura analyze` with rules that remember: over the files of one run, in the order of their events' times.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AlertDraft } from '@yagura/contracts';
import { lines } from '../testing/audit-records.ts';
import { runCli } from '../testing/run-cli.ts';

const time = (second: number): string => new Date(Date.UTC(2026, 4, 4, 10, 0, second)).toISOString();

const secretRead = (n: number): object => ({
  ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata' },
  auditID: `read-${n}`,
  stage: 'ResponseComplete',
  verb: 'get',
  requestURI: `/api/v1/namespaces/shop/secrets/s${n}`,
  user: { username: 'alice' },
  sourceIPs: ['203.0.113.7'],
  objectRef: { resource: 'secrets', namespace: 'shop', name: `s${n}`, apiVersion: 'v1' },
  responseStatus: { code: 200 },
  requestReceivedTimestamp: time(n),
  stageTimestamp: time(n),
});

test('a threshold is reached over two files, and in whatever order they are read', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-analyze-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const reads = Array.from({ length: 40 }, (_, n) => secretRead(n));
  const [early, late] = ['early', 'late'].map((name) => join(folder, `${name}.log`)) as [string, string];
  writeFileSync(early, lines(...reads.slice(0, 20)));
  writeFileSync(late, lines(...reads.slice(20)));
  for (const files of [
    [early, late],
    [late, early],
  ]) {
    const run = await runCli(['analyze', '--json', ...files]);
    const alerts = run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as AlertDraft);
    assert.deepEqual(
      alerts.map(({ rule, count }) => [rule, count]),
      [['secrets-read-one-by-one', 11]],
    );
  }
});
