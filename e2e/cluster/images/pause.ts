// The image of the process that holds a pod's namespaces, compiled here.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../ground/run.ts';
import { writeImage } from './image-file.ts';

export const pauseImage = 'docker.io/local/pause:1';
const source = fileURLToPath(new URL('./pause.c', import.meta.url));

/** Writes `pause.tar` into `folder` and returns its path. */
export async function writePauseImage(folder: string): Promise<string> {
  const rootfs = join(folder, 'pause');
  const file = join(folder, 'pause.tar');
  await mkdir(rootfs, { recursive: true });
  await run('gcc', ['-static', '-Os', '-s', '-o', join(rootfs, 'pause'), source]);
  await writeImage(file, { reference: pauseImage, rootfs, entrypoint: ['/pause'], user: '65535:65535' });
  await rm(rootfs, { recursive: true });
  return file;
}
