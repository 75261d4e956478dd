// The simulation's own container: made with runc on an overlay, and taken away again whatever happens.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Bundle, createBundle, writeConfig } from './bundle.ts';
import type { Scenario } from './scenario.ts';

const run = promisify(execFile);
const execTimeoutMs = 15_000;

export interface Tools {
  readonly runc: string;
  readonly busybox: string;
  readonly mount: string;
  readonly umount: string;
  readonly curl?: string;
}

/** A running container; `id` is 64 hex digits, as other runtimes name theirs. */
export class SimulationContainer implements AsyncDisposable {
  readonly id: string;
  readonly #tools: Tools;
  readonly #bundle: Bundle;
  #mounted = false;
  #started = false;

  private constructor(id: string, tools: Tools, bundle: Bundle) {
    this.id = id;
    this.#tools = tools;
    this.#bundle = bundle;
  }

  static async start(tools: Tools, scenarios: readonly Scenario[]): Promise<SimulationContainer> {
    const folder = await mkdtemp(join(tmpdir(), 'yagura-simulate-'));
    const container = new SimulationContainer(
      randomBytes(32).toString('hex'),
      tools,
      await createBundle(folder, scenarios, tools.busybox),
    );
    try {
      await container.#mountAndRun();
      return container;
    } catch (error) {
      await container[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #mountAndRun(): Promise<void> {
    const { folder, lower, upper, work, root } = this.#bundle;
    await writeConfig(this.#bundle, this.id, this.#tools.curl);
    await run(this.#tools.mount, [
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
      root,
    ]);
    this.#mounted = true;
    this.#started = true;
    await runDetached(this.#tools.runc, ['run', '--detach', '--bundle', folder, this.id]);
  }

  /** Runs one command in the container, ends it after 15 s; its exit code does not matter, only that it ran. */
  async exec(command: readonly string[]): Promise<void> {
    try {
      await run(this.#tools.runc, ['exec', this.id, ...command], { timeout: execTimeoutMs });
    } catch (error) {
      if (typeof (error as { code?: unknown }).code === 'string') throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#started) await run(this.#tools.runc, ['delete', '--force', this.id]).catch(() => undefined);
    if (this.#mounted) await run(this.#tools.umount, [this.#bundle.root]).catch(() => undefined);
    await rm(this.#bundle.folder, { recursive: true, force: true });
    await removeParentCgroups();
  }
}

/** runc's detached init keeps the output it was given, so it must not be a pipe that we wait for. */
function runDetached(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { timeout: execTimeoutMs });
    let message = '';
    child.stderr?.on('data', (chunk: string) => {
      message = (message + chunk).slice(-2000);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0]} ended with code ${code}: ${message.trim()}`));
    });
  });
}

/** runc removes the container's cgroup, not the one above it; with cgroup v1 there is one per controller. */
async function removeParentCgroups(): Promise<void> {
  const top = '/sys/fs/cgroup';
  const hierarchies = await readdir(top).catch(() => []);
  for (const folder of ['', ...hierarchies]) {
    await rmdir(join(top, folder, 'yagura-simulate')).catch(() => undefined);
  }
}
