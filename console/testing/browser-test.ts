// A test that needs Chromium, and the one hub and browser that the tests of a file share.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noChromium } from './browser.ts';
import { type ConsoleUnderTest, openConsole } from './console-under-test.ts';

export const browserTest = (name: string, run: () => Promise<void>): void => {
  void test(name, { skip: noChromium }, run);
};

export interface SetUp extends Pick<ConsoleUnderTest, 'hub'> {
  /** Has something ended together with the hub, before it. */
  use<T extends AsyncDisposable>(resource: T): T;
}

export function consoleForFile(setUp?: (given: SetUp) => Promise<void>): () => ConsoleUnderTest {
  const stack = new AsyncDisposableStack();
  let opened: ConsoleUnderTest | undefined;
  before(async () => {
    if (noChromium) return;
    opened = stack.use(await openConsole());
    await setUp?.({ hub: opened.hub, use: (resource) => stack.use(resource) });
  });
  after(() => stack.disposeAsync());
  return () => {
    assert.ok(opened, 'the console was not opened');
    return opened;
  };
}
