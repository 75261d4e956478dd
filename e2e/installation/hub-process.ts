// A hub as a process of its own in a temporary folder, without a node; gone after disposal.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { createHubClient, type HubClient } from './hub-client.ts';
import { Program } from './program.ts';

export interface HubOptions {
  /** Where its agents' port listens; the certificate names it. [default loopback] */
  readonly address?: string;
  /** Further flags. */
  readonly args?: readonly string[];
}

export class HubProcess implements AsyncDisposable {
  readonly folder: string;
  readonly #program: Program;

  private constructor(folder: string, program: Program) {
    this.folder = folder;
    this.#program = program;
  }

  static async start({ address = '127.0.0.1', args = [] }: HubOptions = {}): Promise<HubProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'yagura-e2e-'));
    // PostgreSQL runs under another user and must be able to reach its own folder below this one.
    await chmod(folder, 0o755);
    try {
      const ports = ['--api', `127.0.0.1:${await freePort()}`, '--agents', `${address}:0`];
      const program = await Program.start({
        main: 'hub/main.ts',
        args: ['--data', folder, ...ports, '--agent-names', address, ...args],
        logFile: join(folder, 'hub.log'),
      });
      return new HubProcess(folder, program);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** How nodes, clusters and API servers reach it. */
  get agentsUrl(): string {
    return this.#program.ready['agentsUrl'] ?? '';
  }

  get apiUrl(): string {
    return (this.#program.ready['apiUrl'] ?? '').replace(/\/$/, '');
  }

  /** Of an administrator. */
  get token(): string {
    return this.#program.ready['adminToken'] ?? '';
  }

  /** What the first node registers with; the token holds once. */
  get registration(): { readonly token: string; readonly workspace: string; readonly authorityFile: string } {
    const { registrationToken = '', workspace = '', authorityFile = '' } = this.#program.ready;
    return { token: registrationToken, workspace, authorityFile };
  }

  get client(): HubClient {
    return createHubClient(this.apiUrl, this.token);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
