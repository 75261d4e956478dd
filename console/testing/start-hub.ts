// A real hub with data of its own, and the console as its sources are now.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { type ChildProgram, startProgram } from './child-program.ts';

export interface HubReady {
  readonly apiUrl: string;
  readonly agentsUrl: string;
  readonly workspace: string;
  readonly signInUrl: string;
  readonly adminToken: string;
  readonly registrationToken: string;
  readonly authorityFile: string;
}

export interface TestHub extends AsyncDisposable {
  readonly ready: HubReady;
  /** Calls the API as the administrator; fails on any answer that is not good. */
  post(path: string, body: unknown): Promise<unknown>;
  put(path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
}

/** Not into dist/: tests that run beside each other would write it at the same time. */
const buildConsole = (outDir: string): Promise<unknown> =>
  build({
    configFile: join(import.meta.dirname, '../vite.config.ts'),
    build: { outDir, emptyOutDir: true },
    logLevel: 'error',
  });

const clientOf = ({ apiUrl, adminToken }: HubReady): Pick<TestHub, 'get' | 'post' | 'put'> => {
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const response = await fetch(apiUrl + path, { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    put: (path, body) => ask(path, { method: 'PUT', body: JSON.stringify(body) }),
  };
};

const startIn = async (folder: string): Promise<ChildProgram> => {
  const consoleFolder = join(folder, 'console');
  await buildConsole(consoleFolder);
  return startProgram({
    main: 'hub/main.ts',
    args: [
      ...['--data', join(folder, 'data'), '--console', consoleFolder],
      ...['--api', '127.0.0.1:0', '--agents', '127.0.0.1:0'],
    ],
  });
};

export async function startHub(): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-console-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const program = await startIn(folder).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const ready = program.ready as HubReady;
  return {
    ready,
    ...clientOf(ready),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await remove();
    },
  };
}
