// Nodes and clusters against the real hub and a real publisher.
import assert from 'node:assert/strict';
import { execIntoPod } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { startConnectAgent } from '../../testing/start-connect-agent.ts';
import { startNode } from '../../testing/start-node.ts';

const lost = (count: number): object => ({
  kind: 'collector.reported',
  time: new Date().toISOString(),
  component: {
    ...{ name: 'collector', version: '0.1.0', startedAt: new Date().toISOString(), healthy: true },
    ...{ rssBytes: 50 * 1024 * 1024, cpuMs: 12, eventsTotal: 100 },
  },
  losses: [{ stage: 'ring-buffer', kind: 'process.started', count, since: new Date().toISOString() }],
});

/** The hub asks for a heartbeat every 15 s, and the page asks the hub every 5 s. */
const twoHeartbeatsMs = 40_000;

const yagura = consoleForFile(async ({ hub, use }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(execIntoPod({ namespace: 'shop', name: 'web-1' }));
  use(await startConnectAgent(hub, 'anywhere'));
  use(await startConnectAgent(hub, 'harbour'));
  await hub.put('/api/v1/clusters/harbour/extensions/sensor', {});
  use(await startNode(hub, 'node-7'));
  const lossy = use(await startNode(hub, 'node-8'));
  await lossy.send(lost(12));
});

browserTest('a node shows state, last contact and no loss; its row opens to its components', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  const nodes = page.getByRole('region', { name: 'Nodes' });
  const row = nodes.getByRole('row', { name: /node-7/ }).first();
  await row.getByText('connected').waitFor();
  await row.getByText('none lost').waitFor();
  assert.equal(await row.locator('time').count(), 2, 'relative and absolute');
  await row.getByRole('button', { name: 'node-7' }).press('Enter');
  const components = page.getByRole('table', { name: 'Components of node-7' });
  await components
    .getByRole('row', { name: /publisher/ })
    .getByText('healthy')
    .waitFor();
  await components.getByText(/MiB/).first().waitFor();
  await nodes.getByText(/events waiting/).waitFor();
});

browserTest('a loss is a sentence: how many, of which kind, where, since when', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  await page
    .getByText(/^12 events of kind process\.started lost in the kernel’s ring buffer since \d{4}-\d\d-\d\d /)
    .waitFor({ timeout: twoHeartbeatsMs });
});

browserTest('a cluster shows its last audit event and its count', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  const row = page.getByRole('region', { name: 'Clusters' }).getByRole('row', { name: /prod-eu/ });
  await row.getByText('none lost').waitFor();
  await row.getByRole('link', { name: 'prod-eu', exact: true }).click();
  await page.getByRole('link', { name: 'Command run in a pod through the API' }).waitFor();
  assert.equal(new URL(page.url()).search, '?status=all&cluster=prod-eu');
});

browserTest('a connected cluster shows its state, opens to what its agent says, and is revoked', async () => {
  const page = await yagura().visitAs('administrator', '/nodes');
  const clusters = page.getByRole('region', { name: 'Clusters' });
  const row = clusters.getByRole('row', { name: /anywhere/ });
  await row.getByText('connected', { exact: true }).waitFor({ timeout: twoHeartbeatsMs });
  await row.getByRole('button', { name: 'Connection of anywhere' }).press('Enter');
  await clusters.getByText('yagura-reader').waitFor();
  await clusters.getByText(/^open$/).waitFor();
  await clusters.getByText(/api-server: .*ECONNREFUSED/).waitFor({ timeout: twoHeartbeatsMs });
  await clusters.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke anywhere' }).click();
  await row.getByText('revoked').waitFor();
});

browserTest('an extension that is wanted shows its status, and why it is not there', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  const clusters = page.getByRole('region', { name: 'Clusters' });
  await clusters.getByRole('button', { name: 'Connection of harbour' }).click();
  const row = clusters
    .getByRole('table', { name: 'Extensions of harbour' })
    .getByRole('row', { name: /sensor/ });
  await row.getByText('failed').waitFor({ timeout: twoHeartbeatsMs });
  await row
    .getByText(/owner has not granted .*: yagura connect kubernetes harbour --extensions --apply/)
    .waitFor();
});

browserTest('an administrator adds a cluster and gets its webhook configuration, once', async () => {
  const page = await yagura().visitAs('administrator', '/nodes');
  await page.getByRole('button', { name: 'Add a cluster' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a cluster' });
  await dialog.getByLabel('Name').fill('edge');
  await dialog.getByLabel('Address of the hub').fill('https://hub.example:7443');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const file = dialog.getByRole('region', { name: 'Audit webhook configuration' });
  await file.getByText('https://hub.example:7443/v1/audit/edge').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'edge', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Add a cluster' }).click();
  await dialog.getByLabel('Name').waitFor();
});

browserTest('a viewer may not add a cluster, and reads why', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  await page.getByRole('button', { name: 'Add a cluster', disabled: true }).waitFor();
  await page.getByText('Only an administrator adds clusters').waitFor({ state: 'attached' });
});
