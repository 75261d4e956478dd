// A publisher in this process against a test hub, with everything in a temporary folder.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createTestHub, type TestHub } from '@yagura/agent/testing';
import { type BlockSender, createBlockSender, createLogger, systemClock } from '@yagura/kit';
import { type PublisherOptions, runPublisher } from '../publisher.ts';
import type { Settings } from '../settings.ts';

export interface Running {
  readonly ready: Promise<void>;
  /** Settles when it has ended, with its error. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface Bench {
  readonly hub: TestHub;
  readonly folder: string;
  readonly settings: Settings;
  start(options?: Partial<PublisherOptions> & { readonly set?: Partial<Settings> }): Running;
  readonly sender: BlockSender;
  /** Waits until the hub has as many lines. */
  arrived(count: number, withinMs?: number): Promise<void>;
}

const facts = { version: '0.0.0', kernel: 'k', os: 'o', resources: () => ({ rssBytes: 1, cpuMs: 2 }) };
const log = createLogger({ name: 'publisher-test', level: process.env['TEST_LOG'] ?? 'silent' });

export async function createBench(t: TestContext): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-publisher-'));
  const hub = await createTestHub();
  const running = new Set<Running>();
  const settings: Settings = {
    hub: hub.url,
    authority: '',
    workspace: 'w1',
    data: join(folder, 'data'),
    socket: join(folder, 'events.sock'),
    socketMode: '0600',
    name: 'node-1',
    spoolLimitBytes: 16 << 20,
    lingerMs: 5,
    heartbeatMs: 100,
  };
  const sender = createBlockSender({
    socketPath: settings.socket,
    limitBytes: 64 << 20,
    log,
    onLoss: () => assert.fail('the sender lost something'),
    lingerMs: 2,
  });
  t.after(async () => {
    for (const one of running) await one.stop();
    await sender[Symbol.asyncDispose]();
    await hub.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    hub,
    folder,
    settings,
    sender,
    start({ set, ...options } = {}) {
      const one = run(hub, { ...settings, ...set }, options);
      running.add(one);
      void one.ended.catch(() => {}).then(() => running.delete(one));
      return one;
    },
    arrived: (count, withinMs = 5000) =>
      t.waitFor(() => assert.ok(hub.lines.length >= count, `${hub.lines.length} of ${count}`), {
        interval: 10,
        timeout: withinMs,
      }),
  };
}

function run(hub: TestHub, settings: Settings, options: Partial<PublisherOptions>): Running {
  const controller = new AbortController();
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  const ended = runPublisher(
    {
      settings,
      authority: hub.authority,
      readToken: () => hub.token,
      facts,
      clock: systemClock,
      log,
      onReady,
      backoff: { minMs: 10, maxMs: 100 },
      ...options,
    },
    controller.signal,
  );
  return {
    ready,
    ended,
    async stop() {
      controller.abort(new Error('the test is over'));
      await ended.catch(() => {});
    },
  };
}

export const event = (n: number, more: object = {}): string =>
  JSON.stringify({ kind: 'process.started', id: `e${n}`, ...more });

export const events = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => event(from + at));
