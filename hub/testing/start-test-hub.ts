// A whole hub for tests: real PostgreSQL, real ports, a folder that is gone at the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, readConfig, systemClock } from '@yagura/kit';
import { type HubReady, startHub } from '../app.ts';
import { HubConfig } from '../config.ts';

export interface TestHub extends AsyncDisposable {
  readonly ready: HubReady;
  readonly folder: string;
  /** Calls the API with the administrator's token, or with what `headers` say. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestHubOptions {
  /** Of `HubConfig`, by flag name. */
  readonly flags?: Readonly<Record<string, string | readonly string[]>>;
  readonly logLevel?: string;
}

export async function startTestHub({
  flags = {},
  logLevel = 'silent',
}: TestHubOptions = {}): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-hub-'));
  const config = readConfig({
    schema: HubConfig,
    flags: { data: folder, api: '127.0.0.1:0', agents: '127.0.0.1:0', ...flags },
  });
  const remove = () => rm(folder, { recursive: true, force: true });
  const hub = await startHub({
    config,
    clock: systemClock,
    log: createLogger({ name: 'hub', level: logLevel }),
    isRoot: process.getuid?.() === 0,
    signal: new AbortController().signal,
  }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ready: hub.ready,
    folder,
    fetch: (path, init = {}) =>
      fetch(new URL(path, hub.ready.apiUrl), {
        ...init,
        headers: { authorization: `Bearer ${hub.ready.adminToken}`, ...(init.headers as object) },
      }),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await remove();
    },
  };
}
