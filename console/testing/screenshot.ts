// Makes docs/images/console-alerts.png: the alert list with real alerts from real events. Run with `node`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { clusterAdminBinding, execIntoPod, hostPathPod, privilegedPod } from './audit-events.ts';
import { connectCluster } from './audit-source.ts';
import { repository } from './child-program.ts';
import { openConsole } from './console-under-test.ts';
import { droppedMiner, reverseShell } from './process-events.ts';
import { startNode } from './start-node.ts';

const path = join(repository, 'docs/images/console-alerts.png');

await using yagura = await openConsole();
const send = await connectCluster(yagura.hub, 'prod-eu');
const sendStaging = await connectCluster(yagura.hub, 'staging');
await using node = await startNode(yagura.hub, 'node-7');

const pod = { namespace: 'shop', name: 'web-7d9c5b6f4-x2lq7' };
await sendStaging(
  hostPathPod({ user: 'ci-runner', namespace: 'build', name: 'backup', minutesAgo: 190 }),
  execIntoPod({ user: 'dana', namespace: 'build', name: 'builder-0', minutesAgo: 64 }),
);
await send(
  privilegedPod({ user: 'dana', namespace: 'tools', name: 'debug', minutesAgo: 41 }),
  ...[12, 11, 9, 8].map((minutesAgo) => execIntoPod({ ...pod, minutesAgo })),
  clusterAdminBinding({ name: 'temporary-admin', minutesAgo: 6 }),
);
await node.send(droppedMiner('node-7'));
const seen = (page: Page, ...titles: readonly string[]): Promise<unknown> =>
  Promise.all(titles.map((title) => page.getByRole('link', { name: title }).first().waitFor()));

const page = await yagura.visit({ viewport: { width: 1440, height: 709 } });
await page.goto(yagura.hub.ready.signInUrl);
await page.getByText('Live', { exact: true }).waitFor();
await seen(page, 'Sensitive host path', 'Privileged container', 'administrator', 'Crypto miner');
await node.send(reverseShell('node-7'));
await seen(page, 'Reverse shell');
const rows = await page.locator('tbody tr').count();
await page.getByText(`${rows} open alerts`).waitFor();
await page.getByRole('button', { name: 'Critical 2' }).waitFor();
await mkdir(join(path, '..'), { recursive: true });
await page.screenshot({ path });
process.stdout.write(`${path}\n`);
