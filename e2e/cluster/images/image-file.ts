// Writes a container image as one tar file in Docker's format, which `ctr images import` and `docker load` read.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../ground/run.ts';

export interface Image {
  /** With host and tag, such as `docker.io/local/busybox:1`. */
  readonly reference: string;
  /** A folder that becomes its one layer; everything in it belongs to root then. */
  readonly rootfs: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
}

const architecture = { x64: 'amd64' }[process.arch as string] ?? process.arch;

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const configOf = (image: Image, layer: string): string =>
  JSON.stringify({
    architecture,
    os: 'linux',
    config: {
      Entrypoint: image.entrypoint ?? [],
      Cmd: image.command ?? [],
      Env: Object.entries({ PATH: '/usr/local/bin:/usr/bin:/bin:/sbin', ...image.env }).map(
        ([name, value]) => `${name}=${value}`,
      ),
      User: image.user ?? '',
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    history: [{ created_by: 'yagura' }],
  });

/** The same folder makes the same file, so that an image's digest tells whether something changed. */
const tarFlags = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];

/** Writes `file`, whole or not at all. */
export async function writeImage(file: string, image: Image): Promise<void> {
  const folder = await mkdtemp(`${file}.`);
  try {
    await run('tar', [...tarFlags, '-C', image.rootfs, '-cf', join(folder, 'layer.tar'), '.']);
    await writeFile(join(folder, 'config.json'), configOf(image, await sha256(join(folder, 'layer.tar'))));
    const manifest = [{ Config: 'config.json', RepoTags: [image.reference], Layers: ['layer.tar'] }];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const whole = join(folder, 'image.tar');
    await run('tar', [...tarFlags, '-C', folder, '-cf', whole, 'manifest.json', 'config.json', 'layer.tar']);
    await rename(whole, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
