// Hub and browser together, with the steps that every browser test takes.
import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from './browser.ts';
import { startHub, type TestHub } from './start-hub.ts';

export interface ConsoleUnderTest extends AsyncDisposable {
  readonly hub: TestHub;
  /** A new visitor; nobody is signed in. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** A new visitor who signs in with a token of this role, and lands on the page that was asked for. */
  visitAs(role: 'viewer' | 'administrator', path: string, options?: BrowserContextOptions): Promise<Page>;
}

export async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

const tokenOf = async (hub: TestHub, role: 'viewer' | 'administrator'): Promise<string> => {
  if (role === 'administrator') return hub.ready.adminToken;
  const created = await hub.post('/api/v1/tokens', { name: `test ${role}`, role, days: 1 });
  return (created as { readonly secret: string }).secret;
};

const close = async (browser: Browser, hub: TestHub, visits: readonly WatchedPage[]): Promise<void> => {
  await browser.close();
  await hub[Symbol.asyncDispose]();
  assert.deepEqual(
    visits.flatMap((visit) => visit.complaints),
    [],
    'the page complained',
  );
};

export async function openConsole(): Promise<ConsoleUnderTest> {
  const hub = await startHub();
  const browser = await launchBrowser();
  const visits: WatchedPage[] = [];
  const visit = async (options?: BrowserContextOptions): Promise<Page> => {
    const opened = await openPage(browser, hub.ready.apiUrl, options);
    visits.push(opened);
    return opened.page;
  };
  return {
    hub,
    visit,
    async visitAs(role, path, options) {
      const token = await tokenOf(hub, role);
      const page = await visit(options);
      await page.goto(path);
      await signIn(page, token);
      return page;
    },
    [Symbol.asyncDispose]: () => close(browser, hub, visits),
  };
}
