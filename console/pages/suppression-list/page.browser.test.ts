// From a harmless alert to a suppression and back, against the real hub.
import { execIntoPod } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';

const yagura = consoleForFile(async ({ hub }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(execIntoPod({ namespace: 'ci', name: 'agent-1' }));
});

browserTest(
  'an alert is suppressed like it is, with a preview, an owner and a reason, and ended',
  async () => {
    const page = await yagura().visitAs('administrator', '/alerts');
    await page.getByRole('link', { name: 'Command run in a pod through the API' }).click();
    await page.getByRole('link', { name: 'Suppress like this' }).click();
    const dialog = page.getByRole('dialog', { name: 'Suppress alerts' });
    await dialog.getByText('Would have kept 1 of the last 7 days’ 1 alerts from view.').waitFor();
    await dialog.getByLabel('Owner').fill('ann');
    await dialog.getByLabel('Reason').fill('build agents');
    await dialog.getByRole('button', { name: 'Suppress' }).click();
    const row = page.getByRole('row', { name: /build agents/ });
    await row.getByText(/^active/).waitFor();
    await row.getByRole('button', { name: 'End now' }).click();
    await row.getByText(/^ended/).waitFor();
  },
);

browserTest('a viewer may not suppress, and reads why', async () => {
  const page = await yagura().visitAs('viewer', '/suppressions');
  await page.getByRole('button', { name: 'Suppress alerts', disabled: true }).waitFor();
});
