// What a cluster consists of, against the real hub and a real publisher: counts, whether they are whole, filter, pages.
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { startNode } from '../../testing/start-node.ts';

const time = '2026-01-02T03:04:05Z';
const generation = 'g1';

const pod = (at: number): object => ({
  ...{ kind: 'object.observed', time, generation, uid: `uid-${at}`, resource: 'pods', createdAt: time },
  ...{ namespace: at % 2 === 0 ? 'shop' : 'data', name: `web-${String(at).padStart(3, '0')}` },
  facts: {
    workload: { kind: 'Deployment', name: 'web' },
    containers: [{ name: 'main', image: 'registry.example/web:1' }],
  },
});
const listed = (resource: string, objects: number): object => ({
  ...{ kind: 'inventory.listed', time, generation, resource, objects, complete: true },
});

const yagura = consoleForFile(async ({ hub, use }) => {
  const node = use(await startNode(hub, 'node-1'));
  const pods = Array.from({ length: 120 }, (_, at) => pod(at));
  await node.send(...pods, listed('pods', 120), listed('services', 1));
});

browserTest('from a cluster to its objects: counts, what is missing, a filter, another page', async () => {
  const page = await yagura().visitAs('viewer', '/nodes');
  await page.getByRole('link', { name: 'What prod-eu consists of' }).click();
  const resources = page.getByRole('region', { name: 'Resources' });
  await resources.getByRole('row', { name: /services.*perhaps not all.*0 of 1 objects arrived/ }).waitFor();
  await resources.getByRole('row', { name: /pods 120 all/ }).waitFor();
  await resources.getByRole('link', { name: 'pods' }).click();
  const objects = page.getByRole('region', { name: 'Objects' });
  await objects.getByText('100 of 120 shown').waitFor();
  await objects.getByRole('button', { name: 'Load more' }).click();
  await objects.getByText('120 of 120 shown').waitFor();
  await objects.getByLabel('Namespace').fill('data');
  await objects.getByText('60 of 60 shown').waitFor();
  await objects.getByRole('row', { name: /web-001 pods data Deployment web .*registry\.example/ }).waitFor();
});
