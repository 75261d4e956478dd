// The alert list against the real hub: live, filtered, shareable, and usable without a mouse.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { clusterAdminBinding, execIntoPod, privilegedPod } from '../../testing/audit-events.ts';
import { connectCluster, type SendAudit } from '../../testing/audit-source.ts';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const titles = (page: Page): Promise<string[]> => page.locator('tbody a[data-row]').allTextContents();
const searchOf = (page: Page): string => new URL(page.url()).search;

let send: SendAudit;
let sendStaging: SendAudit;
const yagura = consoleForFile(async ({ hub }) => {
  send = await connectCluster(hub, 'prod-eu');
  sendStaging = await connectCluster(hub, 'staging');
});

browserTest('an empty list tells what to do next', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  await page.getByRole('heading', { name: 'No open alerts' }).waitFor();
  await page.getByText('yagura simulate').waitFor();
});

browserTest('a new alert appears without a reload, marked as new, and is counted', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await send(execIntoPod({ namespace: 'shop', name: 'web-1' }));
  const row = page.getByRole('row', { name: /Command run in a pod through the API/ });
  await row.getByText('new', { exact: true }).waitFor();
  await row.getByText('Low').waitFor();
  await row.getByText('prod-eu / shop').waitFor();
  await page.getByText('1 open alert', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Low 1' }).waitFor();
  assert.equal(await page.evaluate(() => 'isSamePage' in window), true);
});

browserTest('an alert that is on screen is counted up in place', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  const row = page.getByRole('row', { name: /Command run in a pod through the API/ });
  await row.waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await send(execIntoPod({ namespace: 'shop', name: 'web-1' }));
  await row.getByRole('cell', { name: '2', exact: true }).waitFor();
  assert.equal((await titles(page)).length, 1);
});

browserTest('filters change the address and the list; back and forward work', async () => {
  await sendStaging(
    clusterAdminBinding({ name: 'mine', user: 'system:serviceaccount:ci:deployer' }),
    privilegedPod({ namespace: 'build', name: 'tool' }),
  );
  const page = await yagura().visitAs('administrator', '/alerts');
  await waitUntil(
    'three alerts',
    () => titles(page),
    (seen) => seen.length === 3,
  );

  await page.getByRole('button', { name: /^Medium/ }).click();
  await waitUntil(
    'the medium ones',
    () => titles(page),
    (seen) => seen.length === 2,
  );
  assert.equal(searchOf(page), '?severity=medium');

  await page.getByRole('combobox', { name: 'Namespace' }).fill('build');
  await page.getByRole('combobox', { name: 'Namespace' }).press('Enter');
  await waitUntil(
    'those in build',
    () => titles(page),
    (seen) => seen.join() === 'Privileged container',
  );
  assert.equal(searchOf(page), '?severity=medium&namespace=build');

  await page.goBack();
  await waitUntil(
    'the medium ones again',
    () => titles(page),
    (seen) => seen.length === 2,
  );
  assert.equal(await page.getByRole('combobox', { name: 'Namespace' }).inputValue(), '');
  await page.goForward();
  await waitUntil(
    'those in build again',
    () => titles(page),
    (seen) => seen.length === 1,
  );

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await waitUntil(
    'all again',
    () => titles(page),
    (seen) => seen.length === 3,
  );
  assert.equal(searchOf(page), '');
});

browserTest('rule, cluster, time and status filter by keyboard and by choice', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  await page.getByRole('combobox', { name: 'Rule' }).click();
  await page.getByRole('option', { name: "Cluster administrator's role given away" }).click();
  await waitUntil(
    'one rule',
    () => titles(page),
    (seen) => seen.length === 1,
  );
  assert.equal(searchOf(page), '?rule=cluster-admin-binding');

  await page.goto('/alerts');
  await page.getByRole('combobox', { name: 'Cluster' }).click();
  await page.getByRole('option', { name: 'prod-eu' }).click();
  await waitUntil(
    'one cluster',
    () => titles(page),
    (seen) => seen.length === 1,
  );
  assert.equal(searchOf(page), '?cluster=prod-eu');

  await page.getByRole('combobox', { name: 'Last seen' }).click();
  await page.getByRole('option', { name: 'Last hour' }).click();
  await waitUntil(
    'the address',
    async () => searchOf(page),
    (seen) => seen === '?cluster=prod-eu&since=1h',
  );
  assert.equal((await titles(page)).length, 1);

  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Closed', exact: true }).click();
  await page.getByRole('heading', { name: 'No alert matches the filter' }).waitFor();
});

browserTest('a shared address shows the same list to another person', async () => {
  const page = await yagura().visitAs('viewer', '/alerts?severity=medium&cluster=staging');
  await waitUntil(
    'two alerts',
    () => titles(page),
    (seen) => seen.length === 2,
  );
  assert.equal(await page.getByRole('button', { name: /^Medium/ }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByRole('combobox', { name: 'Cluster' }).inputValue(), 'staging');
});

browserTest('a live alert that the filter leaves out stays out', async () => {
  const page = await yagura().visitAs('administrator', '/alerts?namespace=quiet');
  await page.getByText('Live', { exact: true }).waitFor();
  await send(execIntoPod({ namespace: 'loud', name: 'web-2' }));
  await send(execIntoPod({ namespace: 'quiet', name: 'web-3' }));
  await page.getByRole('row', { name: /web-3/ }).waitFor();
  assert.equal((await titles(page)).length, 1);
});

browserTest('the keyboard alone leads to an alert', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  await waitUntil(
    'alerts',
    () => titles(page),
    (seen) => seen.length > 1,
  );
  const second = page.locator('tbody a[data-row]').nth(1);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await second.evaluate((link) => link === document.activeElement), true);
  const title = (await second.textContent()) ?? '';
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'MAIN');
});

browserTest('a page of many alerts loads more', async () => {
  const events = Array.from({ length: 60 }, (_, at) => execIntoPod({ namespace: 'many', name: `pod-${at}` }));
  await send(...events);
  const page = await yagura().visitAs('administrator', '/alerts?namespace=many');
  await page.getByText('60 open alerts that match the filter').waitFor();
  await waitUntil(
    'the first page',
    () => titles(page),
    (seen) => seen.length === 50,
  );
  await page.getByRole('button', { name: 'Load more' }).click();
  await waitUntil(
    'all',
    () => titles(page),
    (seen) => seen.length === 60,
  );
  await page.getByText('60 of 60 shown').waitFor();
});

browserTest('landmarks, headings and table headers are there', async () => {
  const page = await yagura().visitAs('administrator', '/alerts');
  for (const role of ['banner', 'navigation', 'main', 'search'] as const) {
    assert.equal(await page.getByRole(role).count(), 1, role);
  }
  await page.getByRole('columnheader', { name: 'Severity' }).waitFor();
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  assert.equal(await page.title(), 'Alerts · Yagura');
});
