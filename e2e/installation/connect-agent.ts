// A connect agent as a process on this machine, with what `yagura connect kubernetes` made for its cluster.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, type ProgramOptions } from './program.ts';

export interface AgentWish {
  readonly hub: string;
  /** PEM of the hub's authority. */
  readonly authority: string;
  readonly workspace: string;
  readonly token: string;
  readonly cluster: string;
  /** Of the agent's own service account; nobody there unless told. */
  readonly apiServer?: { readonly url: string; readonly authority: string; readonly token: string };
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const nobody = { url: 'https://127.0.0.1:1', token: 'none' };

export class ConnectAgent implements AsyncDisposable {
  readonly folder: string;
  readonly #wish: AgentWish;
  #program: Program | undefined;

  private constructor(folder: string, wish: AgentWish) {
    this.folder = folder;
    this.#wish = wish;
  }

  static async start(wish: AgentWish): Promise<ConnectAgent> {
    const agent = await ConnectAgent.prepare(wish);
    await agent.run();
    return agent;
  }

  /** Only its folder: something else runs `program`. */
  static async prepare(wish: AgentWish): Promise<ConnectAgent> {
    const agent = new ConnectAgent(await mkdtemp(join(tmpdir(), 'yagura-connect-')), wish);
    const file = (name: string): string => join(agent.folder, name);
    const { authority, apiServer = { ...nobody, authority } } = wish;
    await writeFile(file('hub.pem'), authority);
    await writeFile(file('api-server.pem'), apiServer.authority);
    await writeFile(file('service-account'), apiServer.token, { mode: 0o600 });
    await agent.setToken(wish.token);
    return agent;
  }

  setToken(token: string): Promise<void> {
    return writeFile(join(this.folder, 'token'), token);
  }

  /** Again, after `kill`. */
  async run(): Promise<void> {
    this.#program = await Program.start(this.program);
  }

  get program(): ProgramOptions {
    const { hub, workspace, cluster, apiServer = nobody, args = [], env = {} } = this.#wish;
    const file = (name: string): string => join(this.folder, name);
    return {
      main: 'cluster/connect/main.ts',
      args: [
        ...['--hub', hub, '--authority', file('hub.pem'), '--workspace', workspace, '--cluster', cluster],
        ...['--data', this.folder, '--token-file', file('token'), '--heartbeat-ms', '500'],
        ...['--api-server', apiServer.url, '--api-server-authority', file('api-server.pem')],
        ...['--api-server-token-file', file('service-account')],
        ...args,
      ],
      env,
      logFile: file('connect.log'),
    };
  }

  /** As the end of its pod: what it has started ends with it. */
  async kill(): Promise<void> {
    const children = childrenOf(this.#program?.pid ?? 0);
    await this.#program?.kill();
    for (const pid of children) process.kill(pid, 'SIGKILL');
  }

  /** That it has started, such as Helm. */
  get children(): readonly number[] {
    return childrenOf(this.#program?.pid ?? 0);
  }

  log(): Promise<string> {
    return readFile(join(this.folder, 'connect.log'), 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program?.[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
