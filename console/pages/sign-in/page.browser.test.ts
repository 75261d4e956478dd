// Signing in, by link and by token, against the real hub.
import assert from 'node:assert/strict';
import { browserTest, consoleForFile } from '../../testing/browser-test.ts';
import { signIn } from '../../testing/console-under-test.ts';

const yagura = consoleForFile();

browserTest('a link signs in at once and its code leaves the address', async () => {
  const page = await yagura().visit();
  await page.goto(yagura().hub.ready.signInUrl);
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/alerts');
  assert.ok(!page.url().includes('code='), page.url());
  await page.goBack().catch(() => null);
  assert.ok(!page.url().includes('code='), 'the code is in the history');
  await page.goto('/alerts');
  await page.getByRole('button', { name: /^Account: administrator/ }).click();
  await page.getByText('Role: administrator').waitFor();
});

browserTest('a link works only once, and the page says so', async () => {
  const page = await yagura().visit();
  await page.goto(yagura().hub.ready.signInUrl);
  await page.getByRole('alert').getByText('was used before').waitFor();
  assert.equal(new URL(page.url()).search, '');
  await page.getByLabel('API token').waitFor();
});

browserTest('whoever is not signed in comes back to the page that was asked for', async () => {
  const page = await yagura().visit();
  await page.goto('/alerts?severity=high&cluster=prod-eu');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, yagura().hub.ready.adminToken);
  assert.equal(
    new URL(page.url()).pathname + new URL(page.url()).search,
    '/alerts?severity=high&cluster=prod-eu',
  );
});

browserTest('a wrong token is refused with words that help', async () => {
  const page = await yagura().visit();
  await page.goto('/sign-in');
  await page.getByLabel('API token').fill('not-a-token-of-this-hub');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('This token is not valid').waitFor();
});

browserTest('a return path to another site is not followed', async () => {
  const page = await yagura().visit();
  await page.goto('/sign-in?returnTo=//example.com/steal');
  await signIn(page, yagura().hub.ready.adminToken);
  assert.equal(page.url(), `${yagura().hub.ready.apiUrl}/alerts`);
});

browserTest('signing out ends the session', async () => {
  const page = await yagura().visitAs('administrator', '/rules');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto('/rules');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

browserTest('a session that ends on a page leads to signing in and back', async () => {
  const page = await yagura().visitAs('administrator', '/nodes');
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, yagura().hub.ready.adminToken);
  await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
});
