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
