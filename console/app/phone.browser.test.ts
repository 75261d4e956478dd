// Every page on a phone, with names as long as clouds give them: nothing sticks out, and what is to be touched is large enough.
import assert from 'node:assert/strict';
import { devices, type Page } from 'playwright-core';
import { execIntoPod } from '../testing/audit-events.ts';
import { connectCluster } from '../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../testing/browser-test.ts';
import { droppedMiner, reverseShell } from '../testing/process-events.ts';
import { startNode } from '../testing/start-node.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { paths } from './urls.ts';

const widthPx = 390;
const touchPx = 40;
const node = 'ip-10-0-132-7.eu-central-1.compute.internal';
const image = `registry.example/team/shop/web@sha256:${'0123456789abcdef'.repeat(4)}`;
const rule = `- rule: A rule of one's own
  desc: What happened
  condition: ka.verb = delete and ka.target.resource = secrets and ka.user.name != "system:admin"
  output: "%ka.user.name deleted %ka.target.name"
  priority: NOTICE
  source: k8s_audit
`;

const yagura = consoleForFile(async ({ hub, use }) => {
  const send = await connectCluster(hub, 'prod-eu');
  await send(execIntoPod({ namespace: 'shop', name: 'web-7d9c5b6f4-x2lq7' }));
  const publisher = use(await startNode(hub, node));
  const told = { time: '2026-01-02T03:04:05Z', generation: 'g1', resource: 'pods' };
  const pod = { kind: 'object.observed', uid: '1', name: 'web-1', createdAt: told.time };
  await publisher.send(
    { ...told, ...pod, facts: { node, containers: [{ name: 'main', image }] } },
    { ...told, kind: 'inventory.listed', objects: 1, complete: true },
    reverseShell(node),
    droppedMiner(node),
  );
  await hub.put('/api/v1/rule-files/my-rule', { text: rule });
  await hub.post('/api/v1/exports', { name: 'archive', type: 'file' });
  await hub.post('/api/v1/suppressions', {
    ...{ match: { image }, owner: 'dana', reason: 'Agreed.' },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
});

const first = async (list: string): Promise<string> => {
  const look = async (): Promise<readonly { readonly id: string }[]> =>
    ((await yagura().hub.get(list)) as { readonly items: readonly { readonly id: string }[] }).items;
  const [item] = await waitUntil(`one of ${list}`, look, (items) => items.length > 0);
  return item?.id ?? '';
};

/** Of each page an address with something to show. */
const addresses = async (): Promise<Readonly<Record<keyof typeof paths, string>>> => ({
  ...paths,
  alert: `/alerts/${await first('/api/v1/alerts?rule=reverse-shell')}`,
  incident: `/incidents/${await first('/api/v1/incidents')}`,
  inventory: '/clusters/prod-eu',
  rule: '/rules/service-account-token-read',
  ruleFile: '/rule-files/my-rule',
});

const phone = (): Promise<Page> =>
  yagura().visitAs('administrator', '/alerts', {
    ...devices['iPhone 13'],
    viewport: { width: widthPx, height: 844 },
  });

const assertFits = async (page: Page, what: string): Promise<void> => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= widthPx, `${what} is ${width} px wide`);
};

browserTest('no page is wider than a phone, and each is reached from the sections in sight', async () => {
  const page = await phone();
  for (const link of await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all()) {
    const box = await link.boundingBox();
    assert.ok(
      box && box.x >= 0 && box.x + box.width <= widthPx,
      `${await link.textContent()} is out of sight`,
    );
    assert.ok(box.height >= touchPx, `${await link.textContent()} is ${box.height} px high`);
  }
  for (const [name, address] of Object.entries(await addresses())) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByText(/^Loading/)
      .first()
      .waitFor({ state: 'detached' });
    await assertFits(page, name);
  }
});

browserTest('a row is a card that names its values, and opens', async () => {
  const page = await phone();
  await page.goto('/nodes');
  await page.getByRole('button', { name: node }).click();
  const cell = page.getByRole('cell', { name: /Memory/ }).first();
  assert.ok(((await cell.boundingBox())?.width ?? 0) > widthPx / 2, 'a value has the width of its card');
  await page.getByText('events waiting').waitFor();
  await assertFits(page, 'an open node');
});

browserTest('a dialog and its buttons are within reach of finger and keyboard', async () => {
  const page = await phone();
  await page.goto((await addresses()).alert);
  await page.getByRole('button', { name: 'Close alert' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Close this alert' });
  await dialog.getByRole('radio', { name: 'Resolved' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('radio', { name: 'Benign', checked: true }).waitFor();
  // Waits until the dialog stands still.
  await dialog.getByRole('radio', { name: 'Benign' }).hover();
  for (const button of await dialog.getByRole('button').all()) {
    const box = await button.boundingBox();
    assert.ok(box && box.x + box.width <= widthPx && box.height >= touchPx, JSON.stringify(box));
  }
  await assertFits(page, 'a dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close alert' }).and(page.locator(':focus')).waitFor();
});
