// Destinations against the real hub.
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';

const yagura = consoleForFile(async ({ hub }) => {
  await hub.post('/api/v1/exports', { name: 'archive', type: 'file' });
});

browserTest('a destination is tested, paused and resumed', async () => {
  const page = await yagura().visitAs('administrator', '/exports');
  const row = page.getByRole('row', { name: /archive/ });
  await row.getByText('delivering').waitFor();
  await row.getByRole('button', { name: 'Test' }).click();
  await row.getByText('exports/archive.ndjson took the test alert').waitFor();
  await row.getByRole('button', { name: 'Pause' }).click();
  await row.getByText('paused', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Resume' }).click();
  await row.getByText('delivering').waitFor();
});

browserTest('a destination is added, and what is wrong is said in the form', async () => {
  const page = await yagura().visitAs('administrator', '/exports');
  await page.getByRole('button', { name: 'Add a destination' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a destination' });
  await dialog.getByLabel('Kind').selectOption('Syslog');
  await dialog.getByLabel('Name').fill('archive');
  await dialog.getByLabel('Host').fill('127.0.0.1');
  await dialog.getByLabel('Protocol').selectOption('TCP');
  await dialog.getByLabel('Port').fill('7601');
  await dialog.getByLabel('Least severity').selectOption('high');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Name').fill('siem');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const row = page.getByRole('row', { name: /siem/ });
  await row.getByText('cef to tcp://127.0.0.1:7601').waitFor();
});

browserTest('a viewer may not add one, and reads why', async () => {
  const page = await yagura().visitAs('viewer', '/exports');
  await page.getByRole('button', { name: 'Add a destination', disabled: true }).waitFor();
});
