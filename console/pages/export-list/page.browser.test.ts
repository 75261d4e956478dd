// Destinations against the real hub.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execIntoPod } from '../../testing/audit-events.ts';
import { connectCluster } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';

const yagura = consoleForFile(async ({ hub, use }) => {
  const refusing = createServer((_, response) => response.writeHead(422).end()).listen(0, '127.0.0.1');
  await once(refusing, 'listening');
  use({ [Symbol.asyncDispose]: async () => void refusing.close() });
  const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/`;
  await hub.post('/api/v1/exports', { name: 'archive', type: 'file' });
  await hub.post('/api/v1/exports', { name: 'refusing', type: 'webhook', url });
  const send = await connectCluster(hub, 'prod-eu');
  await send(execIntoPod({ namespace: 'shop', name: 'web' }));
});

browserTest(
  'dead letters are read, sent again and thrown away, and their destination is deleted',
  async () => {
    const page = await yagura().visitAs('administrator', '/exports');
    const row = page.getByRole('row', { name: /refusing/ });
    await row.getByText('failing').waitFor();
    const letters = row.getByRole('button', { name: /dead letters? of refusing/ });
    const dialog = page.getByRole('dialog', { name: 'Dead letters of refusing' });
    for (const deed of ['Send all again', 'Throw all away']) {
      await letters.click();
      await dialog
        .getByText(/answered 422/)
        .first()
        .waitFor();
      await dialog.getByRole('button', { name: deed }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
    await letters.waitFor({ state: 'detached' });
    await row.getByText('delivering').waitFor();
    await row.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete refusing' }).click();
    await row.waitFor({ state: 'detached' });
  },
);

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
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('archive');
  await dialog.getByLabel('Host').fill('127.0.0.1');
  await dialog.getByLabel('Protocol').selectOption('TCP');
  await dialog.getByLabel('Port').fill('7601');
  await dialog.getByLabel('Least severity').selectOption('high');
  await dialog.getByLabel('Namespaces').fill('shop, pay-*');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('siem');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const row = page.getByRole('row', { name: /siem/ });
  await row.getByText('cef to tcp://127.0.0.1:7601').waitFor();
  await row.getByText('severity high or worse; namespaces shop, pay-*').waitFor();
});

browserTest('a viewer may not add one, and reads why', async () => {
  const page = await yagura().visitAs('viewer', '/exports');
  await page.getByRole('button', { name: 'Add a destination', disabled: true }).waitFor();
});
