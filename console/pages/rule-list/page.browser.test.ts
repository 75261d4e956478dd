// Rules against the real hub and the rules that it has built in.

import { privilegedPod } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';

const yagura = consoleForFile(async ({ hub }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(privilegedPod({ namespace: 'build', name: 'tool' }));
});

browserTest('rules are found by their words and shown whole', async () => {
  const page = await yagura().visitAs('viewer', '/rules');
  await page.getByText('12 rules loaded').waitFor();
  await page.getByLabel('Search rules').fill('privileged');
  await page.waitForURL('**/rules?text=privileged');
  await page
    .getByRole('row', { name: /Privileged container/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { level: 1, name: 'Privileged container' }).waitFor();
  await page.getByRole('region', { name: 'Condition' }).first().getByText('pod_is_created').waitFor();
  await page.getByRole('link', { name: 'Alerts of this rule' }).click();
  await page.getByRole('link', { name: 'Privileged container' }).waitFor();
});
