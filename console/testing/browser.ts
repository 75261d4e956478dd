// A headless Chromium that loads nothing but the page, and remembers what the page complained about.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const quiet = ['--disable-quic', '--no-first-run', '--disable-component-update', '--disable-sync'];
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...quiet];
const names = ['chromium', 'chromium-browser', 'google-chrome'];
const actionMs = 15_000;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** `undefined`: this machine has none; `apt-get install chromium` mends it. */
export const findChromium = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);

export const noChromium = findChromium() === undefined && 'needs Chromium: apt-get install chromium';

export const launchBrowser = (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: apt-get install chromium');
  return chromium.launch({ executablePath, args });
};

export interface WatchedPage {
  readonly page: Page;
  /** Script errors, violations of the content security policy, and requests to anywhere else. */
  readonly complaints: readonly string[];
}

/** A context of its own: no cookie of another test. */
export async function openPage(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(actionMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Chromium reports each answer of 4xx here; which of them are right is the tests' own business.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL)) complaints.push(`foreign request: ${request.url()}`);
  });
  return { page, complaints };
}
