// What surrounds every page, against the real hub.
import assert from 'node:assert/strict';
import { browserTest, consoleForFile } from '../testing/browser-test.ts';

const yagura = consoleForFile();

browserTest('the header says how the hub is, and why', async () => {
  const page = await yagura().visitAs('viewer', '/alerts');
  await page.getByRole('button', { name: 'Hub healthy' }).click();
  const details = page.getByRole('dialog', { name: /^Hub/ });
  await details
    .getByText(/: healthy/)
    .first()
    .waitFor();
  await details.getByText('Behind by').waitFor();
});

browserTest('the theme switches, and stays', async () => {
  const page = await yagura().visitAs('viewer', '/alerts', { colorScheme: 'light' });
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Use the light theme' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
});
