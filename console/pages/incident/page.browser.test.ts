// An incident against the real hub: exec on the API server and processes in that pod, found, read, judged and closed.
import assert from 'node:assert/strict';
import { execIntoPod } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { droppedMiner, reverseShell } from '../../testing/process-events.ts';
import { startNode } from '../../testing/start-node.ts';

const pod = { namespace: 'shop', name: 'web-7d9c5b6f4-x2lq7' };

const yagura = consoleForFile(async ({ hub, use }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(execIntoPod(pod));
  const node = use(await startNode(hub, 'node-7'));
  await node.send(reverseShell('node-7'), droppedMiner('node-7'));
});

browserTest(
  'an incident tells what happened in the pod, is commented, and is closed with its alerts',
  async () => {
    const page = await yagura().visitAs('administrator', '/alerts');
    await page.getByRole('link', { name: 'Reverse shell' }).click();
    const ofAlert = page.getByRole('region', { name: 'Incident', exact: true });
    await ofAlert.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /pod shop\/web-7d9c5b6f4-x2lq7/ }).waitFor();

    const chain = page.getByRole('region', { name: 'Along the kill chain' });
    await chain.getByRole('link', { name: 'Reverse shell' }).waitFor();
    const tactics = await chain.locator('th[scope=rowgroup]').allTextContents();
    assert.deepEqual(tactics, ['Execution', 'Impact']);
    await chain.getByText('pod shop/web-7d9c5b6f4-x2lq7').first().waitFor();
    await page.getByRole('region', { name: 'Over time' }).getByRole('link').first().waitFor();
    await page.getByRole('region', { name: 'Score' }).getByText('10 of 10').waitFor();
    await page.getByRole('region', { name: 'What they share' }).getByText('Workload').waitFor();

    await page.getByRole('textbox', { name: 'New comment' }).fill('The web shop was broken into.');
    await page.getByRole('button', { name: 'Add comment' }).click();
    await page.getByRole('listitem').getByText('The web shop was broken into.').waitFor();
    await page.getByRole('button', { name: 'Assign to me' }).click();
    await page.getByRole('button', { name: 'Give back' }).waitFor();

    await page.getByRole('button', { name: 'Close incident' }).click();
    const dialog = page.getByRole('dialog', { name: 'Close this incident' });
    await dialog.getByRole('radio', { name: 'Resolved' }).check();
    await dialog.getByRole('button', { name: 'Close incident' }).click();
    await page.getByText('Closed: resolved').first().waitFor();

    await page.goto('/incidents');
    await page.getByText('0 open incidents').waitFor();
    await page.goto('/incidents?status=closed');
    await page.getByRole('link', { name: /web-7d9c5b6f4-x2lq7/ }).waitFor();
    await page.goto('/alerts');
    await page.getByText('0 open alerts').waitFor();
  },
);

browserTest('a viewer reads, and is told why the buttons are not for them', async () => {
  const page = await yagura().visitAs('viewer', '/incidents?status=all');
  await page.getByRole('link', { name: /web-7d9c5b6f4-x2lq7/ }).click();
  await page.getByRole('button', { name: 'Reopen', disabled: true }).waitFor();
  await page.getByText('may look but not reopen incidents').first().waitFor({ state: 'attached' });
});
