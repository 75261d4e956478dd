// What every part may in a cluster, asked of a real API server; and a connection made by the CLI and one by the chart are the same.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { connectionOf } from './chart/connection.ts';
import { sensorChart } from './chart/install-sensor.ts';
import { helm, startCluster, whyNoCluster } from './cluster/index.ts';
import { runCli } from './installation/cli.ts';
import { HubProcess } from './installation/hub-process.ts';

test('rights', { skip: whyNoCluster('simulated') }, async (t) => {
  await using cluster = await startCluster({ nodes: 'simulated', programs: [helm] });
  await using hub = await HubProcess.start();

  for (const more of [[], ['--extensions']])
    await t.test(`the CLI and the chart connect a cluster in the same way ${more.join(' ')}`, async () => {
      const wish = ['connect', 'kubernetes', 'prod', '--grant', 'yagura-restart=restarter', ...more];
      const proxy = ['--proxy', 'http://proxy.example:3128'];
      const printed = await runCli(hub, [...wish, ...proxy]);
      assert.equal(printed.code, 0, printed.stderr);
      const values = await runCli(hub, [...wish, ...proxy, '--values']);
      assert.equal(values.code, 0, values.stderr);
      const file = cluster.paths.of('values.yaml');
      await writeFile(file, values.stdout, { mode: 0o600 });
      const rendered = await cluster.helm([
        ...['template', 'yagura', sensorChart, '--namespace', 'yagura-connect', '--values', file],
        ...['--set', 'sensor.enabled=false', '--set', 'inventory.enabled=false', '--skip-tests'],
      ]);
      const byCli = await connectionOf(cluster, printed.stdout);
      assert.ok(byCli.rules.length > 10);
      assert.deepEqual(await connectionOf(cluster, rendered), byCli);
    });
});
