// One alert against the real hub: the evidence, the request or process tree, closing and reopening.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { clusterAdminBinding } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { reverseShell } from '../../testing/process-events.ts';
import { startNode } from '../../testing/start-node.ts';

const yagura = consoleForFile(async ({ hub, use }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(clusterAdminBinding({ name: 'mine' }));
  const node = use(await startNode(hub, 'node-7'));
  await node.send(reverseShell('node-7'));
});

const open = async (title: string, role: 'viewer' | 'administrator' = 'administrator'): Promise<Page> => {
  const page = await yagura().visitAs(role, '/alerts?status=all');
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return page;
};

browserTest('an audit alert shows request, evidence, rule and what to do', async () => {
  const page = await open("Cluster administrator's role given away");
  const request = page.getByRole('region', { name: 'API request' });
  await request.getByText('mallory', { exact: true }).waitFor();
  await request.getByText('203.0.113.7').waitFor();
  await request.getByText('kubectl/v1.34.0 (linux/amd64)').waitFor();
  await request.getByText('clusterrolebindings (rbac.authorization.k8s.io)').waitFor();
  await request.getByText('201').waitFor();
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await evidence.getByRole('row', { name: /ka\.verb\s+create/ }).waitFor();
  await page.getByRole('region', { name: 'What to do' }).getByRole('listitem').first().waitFor();
  await page.getByRole('region', { name: 'Why it matters' }).waitFor();
  await page.getByRole('region', { name: 'Known benign causes' }).waitFor();
  await page.getByText('Whole rule text').click();
  await page.getByRole('region', { name: 'Rule text' }).getByText('id: cluster-admin-binding').waitFor();
  const technique = page.getByRole('link', { name: /^T1078/ });
  assert.equal(await technique.getAttribute('href'), 'https://attack.mitre.org/techniques/T1078/');
  await page.getByText('First event that fired the rule, as JSON').click();
  await page.getByRole('region', { name: 'Event', exact: true }).getByText('"auditID"').first().waitFor();
});

browserTest('a process alert shows the tree from the farthest ancestor to the process', async () => {
  const page = await open('Reverse shell');
  const tree = page.getByRole('region', { name: 'Process tree' });
  await tree.getByText('198.51.100.9:4444').first().waitFor();
  const names = await tree.locator('li strong').allTextContents();
  assert.deepEqual(names, ['containerd-shim', 'nginx', 'nginx', 'sh', 'bash']);
  await tree.getByText("sh -c 'id; uname -a'").waitFor();
  await tree.getByText('uid 33').waitFor();
  await tree.getByText('shop/web-7d9c5b6f4-x2lq7').waitFor();
});

browserTest('a viewer sees a disabled close button that says why', async () => {
  const page = await open('Reverse shell', 'viewer');
  const button = page.getByRole('button', { name: 'Close alert', disabled: true });
  await button.waitFor();
  const described = await button.getAttribute('aria-describedby');
  const reason = await page.locator(`[id="${described?.split(' ').at(-1)}"]`).textContent();
  assert.match(reason ?? '', /Your role, viewer, may look but not close alerts/);
  await button.hover();
  await page.getByRole('tooltip').getByText('Your role, viewer').waitFor();
  await button.press('Enter');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

browserTest('closing with a reason and a comment persists, and reopening undoes it', async () => {
  const page = await open("Cluster administrator's role given away");
  await page.getByRole('button', { name: 'Close alert' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close this alert' });
  await dialog.getByRole('radio', { name: 'False positive' }).check();
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('The break-glass account, agreed on Monday.');
  await dialog.getByRole('button', { name: 'Close alert' }).click();
  await page.getByText('Closed: false-positive').waitFor();

  await page.reload();
  const closed = page.getByRole('region', { name: 'Closed' });
  await closed.getByText('false-positive').waitFor();
  await closed.getByText('The break-glass account, agreed on Monday.').waitFor();
  await page.goto('/alerts');
  await page.getByRole('link', { name: 'Reverse shell' }).waitFor();
  assert.equal(await page.getByRole('link', { name: "Cluster administrator's" }).count(), 0);

  await page.goto('/alerts?status=closed');
  await page.getByRole('link', { name: "Cluster administrator's" }).click();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await page.getByRole('button', { name: 'Close alert' }).waitFor();
});

browserTest('an alert that does not exist says so and offers another try', async () => {
  const page = await yagura().visitAs('administrator', '/alerts/no-such-alert');
  await page.getByRole('alert').getByText('The alert could not be loaded').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
});
