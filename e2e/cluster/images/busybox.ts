// The image that tests run their pods from: this machine's static busybox with a link for each of its commands.
import { chmod, copyFile, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand } from '../ground/find-command.ts';
import { run } from '../ground/run.ts';
import { writeImage } from './image-file.ts';

export const busyboxImage = 'docker.io/local/busybox:1';

const users = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n';

/** Writes `busybox.tar` into `folder` and returns its path. */
export async function writeBusyboxImage(folder: string): Promise<string> {
  const rootfs = join(folder, 'busybox');
  const file = join(folder, 'busybox.tar');
  await layOut(rootfs);
  await writeImage(file, { reference: busyboxImage, rootfs, command: ['sh'] });
  await rm(rootfs, { recursive: true });
  return file;
}

async function layOut(rootfs: string): Promise<void> {
  for (const path of ['bin', 'etc', 'proc', 'sys', 'dev', 'tmp', 'root', 'usr/bin'])
    await mkdir(join(rootfs, path), { recursive: true });
  await chmod(join(rootfs, 'tmp'), 0o1777);
  const busybox = await realpath(findCommand('busybox') ?? '/bin/busybox');
  await copyFile(busybox, join(rootfs, 'bin/busybox'));
  for (const command of (await run(busybox, ['--list'])).split('\n').filter(Boolean))
    if (command !== 'busybox') await symlink('busybox', join(rootfs, 'bin', command));
  await writeFile(join(rootfs, 'etc/passwd'), users);
  await writeFile(join(rootfs, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
}
