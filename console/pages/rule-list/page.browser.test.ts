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
  await page.getByText(/\d+ rules loaded/).waitFor();
  await page.getByLabel('Search rules').fill('privileged');
  await page.waitForURL('**/rules?text=privileged');
  await page
    .getByRole('row', { name: /Privileged container/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { level: 1, name: 'Privileged container' }).waitFor();
  await page.getByRole('region', { name: 'Condition' }).first().getByText('pod_is_created').waitFor();
  const tests = page.getByRole('region', { name: 'Tests' });
  await tests.getByText('Stays silent on').waitFor();
  await tests.getByText('They are run before each release').waitFor();
  await page.getByRole('link', { name: 'Alerts of this rule' }).click();
  await page.getByRole('link', { name: 'Privileged container' }).waitFor();
});

browserTest('a rule file is written, checked, saved, changed, compared and restored', async () => {
  const page = await yagura().visitAs('administrator', '/rules');
  await page.getByRole('button', { name: 'New rule file' }).click();
  await page.getByLabel('Name of the file').fill('my-rule');
  const text = page.getByLabel('Rules', { exact: true });
  const good = await text.inputValue();
  await text.fill(good.replace('ka.verb = delete', 'ka.verb in ((('));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('status').getByText('my-rule.yaml:5:').waitFor();
  await text.fill(good);
  await page.getByLabel('Comment').fill('first of all');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rule file my-rule' }).waitFor();
  await page.getByText('first of all').waitFor();
  await text.fill(good.replace('= delete', '= patch'));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Compare version 1' }).click();
  await page.getByLabel('From version 1 to now').getByText('ka.verb = patch').waitFor();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('version 1 again').waitFor();
  await page.goto('/rules?origin=hub');
  await page
    .getByRole('row', { name: /What happened/ })
    .getByRole('link')
    .click();
  await page.getByRole('region', { name: 'Condition' }).first().getByText('ka.verb = delete').waitFor();
});

browserTest('a rule is turned off with a reason, which is shown; a viewer is told why not', async () => {
  const page = await yagura().visitAs('administrator', '/rules/exec-into-pod');
  await page.getByRole('button', { name: 'Turn off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn off this rule' });
  await dialog.getByLabel('Reason').fill('pairing week');
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('region', { name: 'Turned off' }).getByText('pairing week').waitFor();
  await page.getByRole('region', { name: 'Cost' }).getByText('Events seen').waitFor();
  const viewer = await yagura().visitAs('viewer', '/rules/exec-into-pod');
  const button = viewer.getByRole('button', { name: 'Turn on', disabled: true });
  await button.hover();
  await viewer.getByRole('tooltip').getByText('role author').waitFor();
});
