// Writes an image as one tar file in Docker's format, which `docker load`, `podman load`, `skopeo` and `ctr images import` read.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../layout/run.ts';

export interface Archive {
  /** With tag, such as `yagura-collector:0.1.0`. */
  readonly reference: string;
  /** Folders, lowest first. */
  readonly layers: readonly string[];
  readonly entrypoint: readonly string[];
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ArchiveSize {
  /** Of the layers as they lie on a node's disk. */
  readonly bytes: number;
  readonly layers: readonly number[];
}

const architecture = { x64: 'amd64' }[process.arch as string] ?? process.arch;
/** The same folders make the same file, so that a digest tells whether something changed. */
const tarFlags = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const configOf = (archive: Archive, digests: readonly string[]): string =>
  JSON.stringify({
    architecture,
    os: 'linux',
    config: {
      Entrypoint: archive.entrypoint,
      Env: Object.entries(archive.env).map(([name, value]) => `${name}=${value}`),
      User: archive.user,
      Labels: archive.labels,
      WorkingDir: '/',
    },
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: digests.map(() => ({ created_by: 'deploy/images' })),
  });

/** Writes `file`, whole or not at all. */
export async function writeArchive(file: string, archive: Archive): Promise<ArchiveSize> {
  const folder = await mkdtemp(`${file}.`);
  try {
    const names = archive.layers.map((_, index) => `layer-${index}.tar`);
    for (const [index, layer] of archive.layers.entries())
      await run('tar', [...tarFlags, '-C', layer, '-cf', join(folder, names[index] ?? ''), '.']);
    const files = names.map((name) => join(folder, name));
    await writeFile(join(folder, 'config.json'), configOf(archive, await Promise.all(files.map(sha256))));
    const manifest = [{ Config: 'config.json', RepoTags: [archive.reference], Layers: names }];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const sizes = await Promise.all(files.map(async (one) => (await stat(one)).size));
    const whole = join(folder, 'image.tar');
    await run('tar', [...tarFlags, '-C', folder, '-cf', whole, 'manifest.json', 'config.json', ...names]);
    await rename(whole, file);
    return { bytes: sizes.reduce((sum, size) => sum + size, 0), layers: sizes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
