// A whole installation in a temporary folder: a hub with its PostgreSQL and one node's publisher, each its own process.
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { createHubClient, type HubClient } from './hub-client.ts';
import { Program, type ProgramOptions } from './program.ts';

export interface InstallationOptions {
  /** Folders of rules beside the built-in ones. */
  readonly rules?: readonly string[];
  readonly spoolBytes?: number;
  /** That the node is in. */
  readonly cluster?: string;
  /** Where its agents' port listens; the certificate names it. [default loopback] */
  readonly address?: string;
  /** Further flags of the hub. */
  readonly hubArgs?: readonly string[];
  /** No publisher is started: the test does that. */
  readonly hubOnly?: true;
}

/** Started with `start`; everything of it is gone after disposal. */
export class Installation implements AsyncDisposable {
  readonly folder: string;
  readonly #options: InstallationOptions;
  readonly #apiPort: number;
  readonly #agentsPort: number;
  #hub: Program | undefined;
  #publisher: Program | undefined;
  #registration = { token: '', workspace: '', authority: '' };
  #adminToken = '';

  private constructor(folder: string, ports: readonly [number, number], options: InstallationOptions) {
    this.folder = folder;
    this.#options = options;
    [this.#apiPort, this.#agentsPort] = ports;
  }

  static async start(options: InstallationOptions = {}): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'yagura-e2e-'));
    // PostgreSQL runs under another user and must be able to reach its own folder below this one.
    await chmod(folder, 0o755);
    const installation = new Installation(folder, [await freePort(), await freePort()], options);
    try {
      await installation.startHub();
      if (!options.hubOnly) await installation.startPublisher();
    } catch (error) {
      await installation[Symbol.asyncDispose]();
      throw error;
    }
    return installation;
  }

  get socketPath(): string {
    return join(this.folder, 'run', 'collector.sock');
  }

  get hub(): HubClient {
    return createHubClient(`http://127.0.0.1:${this.#apiPort}`, this.#adminToken);
  }

  /** How nodes, clusters and API servers reach the hub. */
  get agentsUrl(): string {
    return `https://${this.#options.address ?? '127.0.0.1'}:${this.#agentsPort}`;
  }

  async startHub(): Promise<void> {
    const rules = (this.#options.rules ?? []).flatMap((folder) => ['--rules', folder]);
    const api = `127.0.0.1:${this.#apiPort}`;
    const { address, hubArgs = [] } = this.#options;
    const agents = `${address ?? '127.0.0.1'}:${this.#agentsPort}`;
    const names = address ? ['--agent-names', address] : [];
    this.#hub = await Program.start({
      main: 'hub/main.ts',
      args: ['--data', this.folder, '--api', api, '--agents', agents, ...names, ...rules, ...hubArgs],
      logFile: join(this.folder, 'hub.log'),
    });
    const { registrationToken = '', workspace = '', authorityFile = '', adminToken = '' } = this.#hub.ready;
    this.#registration = { token: registrationToken, workspace, authority: authorityFile };
    this.#adminToken = adminToken;
  }

  async startPublisher(): Promise<void> {
    await mkdir(join(this.folder, 'run'), { recursive: true });
    this.#publisher = await Program.start(this.publisher);
  }

  /** How the node's publisher is started. */
  get publisher(): ProgramOptions {
    const { token, workspace, authority } = this.#registration;
    const { spoolBytes: spool, cluster } = this.#options;
    return {
      main: 'sensor/publisher/main.ts',
      args: [
        ...['--hub', this.agentsUrl, '--authority', authority],
        ...['--workspace', workspace, '--name', 'e2e-node'],
        ...['--data', join(this.folder, 'publisher'), '--socket', this.socketPath],
        ...(cluster ? ['--cluster', cluster] : []),
        ...(spool ? ['--spool-limit-bytes', String(spool)] : []),
      ],
      env: { YAGURA_REGISTRATION_TOKEN: token },
      logFile: join(this.folder, 'publisher.log'),
    };
  }

  /** As a crash would: the hub's PostgreSQL is left behind too, for the next start to deal with. */
  async killHub(): Promise<void> {
    await this.#hub?.kill();
  }

  async stopHub(): Promise<void> {
    await this.#hub?.[Symbol.asyncDispose]();
  }

  async killPublisher(): Promise<void> {
    await this.#publisher?.kill();
  }

  /** Kills the server process whose id PostgreSQL itself wrote into its data folder. */
  async killPostgres(): Promise<void> {
    process.kill(await this.#postgresPid(), 'SIGKILL');
  }

  async #postgresPid(): Promise<number> {
    const file = await readFile(join(this.folder, 'postgres', 'data', 'postmaster.pid'), 'utf8');
    return Number(file.split('\n')[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#publisher?.[Symbol.asyncDispose]();
    await this.#hub?.[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
