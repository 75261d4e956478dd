// The OCI bundle of the simulation: a busybox image below an overlay, and runc's configuration for it.
import { chmod, copyFile, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Scenario } from './scenario.ts';

/** Name that the runtime's state file carries, so that alerts show an image. */
const imageName = 'yagura.local/simulate:1';

const applets = ['sh', 'cat', 'cp', 'id', 'ls', 'nc', 'rm', 'sleep', 'true', 'uname', 'wget', 'whoami'];

export interface Bundle {
  readonly folder: string;
  readonly lower: string;
  readonly upper: string;
  readonly work: string;
  readonly root: string;
}

/** Lays the image's files out below `folder`; nothing is mounted yet. */
export async function createBundle(
  folder: string,
  scenarios: readonly Scenario[],
  busybox: string,
): Promise<Bundle> {
  const bundle: Bundle = {
    folder,
    lower: join(folder, 'image'),
    upper: join(folder, 'upper'),
    work: join(folder, 'work'),
    root: join(folder, 'rootfs'),
  };
  const inImage = [
    'bin',
    'dev',
    'etc',
    'lib',
    'lib64',
    'opt',
    'proc',
    'sbin',
    'sys',
    'tmp',
    'usr/bin',
    'usr/lib',
    'usr/sbin',
  ];
  for (const path of inImage) await mkdir(join(bundle.lower, path), { recursive: true });
  for (const path of [bundle.upper, bundle.work, bundle.root]) await mkdir(path);
  await copyFile(busybox, join(bundle.lower, 'bin/busybox'));
  for (const applet of applets) await symlink('busybox', join(bundle.lower, 'bin', applet));
  for (const scenario of scenarios) await addFiles(bundle.lower, scenario);
  return bundle;
}

async function addFiles(lower: string, { files = {}, copies = {} }: Scenario): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(lower, path)), { recursive: true });
    await writeFile(join(lower, path), content, { mode: 0o755 });
  }
  for (const [path, source] of Object.entries(copies)) {
    await mkdir(dirname(join(lower, path)), { recursive: true });
    await copyFile(await realpath(source), join(lower, path));
    await chmod(join(lower, path), 0o755);
  }
}

/** Folders of this machine that programs copied from it need; shown read-only in the container. */
const libraryFolders = ['/lib', '/lib64', '/usr/lib'];

async function libraryMounts(curl: string | undefined): Promise<object[]> {
  const mounts: object[] = [];
  for (const destination of libraryFolders) {
    const source = await realpath(destination).catch(() => undefined);
    if (source)
      mounts.push({ destination, type: 'bind', source, options: ['rbind', 'ro', 'nosuid', 'nodev'] });
  }
  if (curl) {
    mounts.push({
      destination: '/usr/bin/curl',
      type: 'bind',
      source: curl,
      options: ['bind', 'ro', 'nosuid', 'nodev'],
    });
  }
  return mounts;
}

/**
 * Runtime configuration: no capabilities, no new privileges, own pid and mount namespaces, and this machine's network
 * namespace, because the listeners are on its loopback.
 * Source: https://github.com/opencontainers/runtime-spec/blob/main/config.md
 */
export async function writeConfig(bundle: Bundle, id: string, curl: string | undefined): Promise<void> {
  const none: string[] = [];
  const config = {
    ociVersion: '1.0.2',
    hostname: 'yagura-simulate',
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      cwd: '/',
      args: ['/bin/sleep', '3600'],
      env: ['PATH=/bin:/sbin:/usr/bin:/usr/sbin', 'HOME=/'],
      noNewPrivileges: true,
      capabilities: { bounding: none, effective: none, permitted: none, inheritable: none, ambient: none },
    },
    root: { path: 'rootfs', readonly: false },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
      ...(await libraryMounts(curl)),
    ],
    annotations: { 'org.opencontainers.image.ref.name': imageName },
    linux: {
      cgroupsPath: `/yagura-simulate/${id}`,
      namespaces: [{ type: 'pid' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }],
      resources: { memory: { limit: 128 * 1024 * 1024 }, pids: { limit: 64 } },
      maskedPaths: ['/proc/kcore', '/proc/keys', '/proc/timer_list'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
  };
  await writeFile(join(bundle.folder, 'config.json'), JSON.stringify(config, null, 1));
}
