// A container made with runc and busybox on an overlay, and taken away again.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const applets = ['sh', 'cat', 'cp', 'echo', 'kill', 'nc', 'sleep', 'true'];
export const testImage = 'yagura.local/test:1';

export class TestContainer implements AsyncDisposable {
  readonly id = randomBytes(32).toString('hex');
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** `cgroup` is its parent's path. The container shares the machine's network, for tests on loopback. */
  static async start(cgroup: string): Promise<TestContainer> {
    const container = new TestContainer(await mkdtemp(join(tmpdir(), 'yagura-test-')));
    try {
      await container.#create(cgroup);
      return container;
    } catch (error) {
      await container[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #create(cgroup: string): Promise<void> {
    const folder = this.#folder;
    const [lower, upper, work, root] = ['lower', 'upper', 'work', 'rootfs'].map((name) => join(folder, name));
    for (const path of [`${lower}/bin`, `${lower}/proc`, `${lower}/dev`, `${lower}/tmp`, upper, work, root])
      await mkdir(path ?? '', { recursive: true });
    await chmod(`${lower}/tmp`, 0o1777);
    await copyFile('/bin/busybox', `${lower}/bin/busybox`);
    for (const applet of applets) await symlink('busybox', `${lower}/bin/${applet}`);
    await run('mount', [
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
      root ?? '',
    ]);
    await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(`${cgroup}/${this.id}`)));
    await runDetached(['run', '--detach', '--bundle', folder, this.id]);
  }

  /** Runs a command without a shell; resolves with its exit code. */
  exec(command: readonly string[]): Promise<number | null> {
    return new Promise((resolve, reject) => {
      const child = spawn('runc', ['exec', this.id, ...command], { stdio: 'ignore', timeout: 15_000 });
      child.once('error', reject);
      child.once('exit', resolve);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run('runc', ['delete', '--force', this.id]).catch(() => undefined);
    await run('umount', [join(this.#folder, 'rootfs')]).catch(() => undefined);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function configOf(cgroupsPath: string): object {
  const capabilities = Object.fromEntries(
    ['bounding', 'effective', 'permitted'].map((set) => [set, ['CAP_KILL', 'CAP_NET_BIND_SERVICE']]),
  );
  return {
    ociVersion: '1.0.2',
    hostname: 'yagura-test',
    process: {
      terminal: false,
      user: { uid: 1000, gid: 1001 },
      cwd: '/tmp',
      args: ['/bin/sleep', '600'],
      env: ['PATH=/bin'],
      capabilities,
    },
    root: { path: 'rootfs' },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['mode=755', 'size=64k'] },
    ],
    annotations: { 'org.opencontainers.image.ref.name': testImage },
    linux: {
      cgroupsPath,
      namespaces: [{ type: 'pid' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }],
    },
  };
}

/** runc's detached init keeps the output it was given, so it must not be a pipe that one waits for. */
function runDetached(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('runc', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let message = '';
    child.stderr.on('data', (chunk: Buffer) => {
      message += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(new Error(`runc ended with ${code}: ${message}`));
    });
  });
}
