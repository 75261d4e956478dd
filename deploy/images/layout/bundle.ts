// A program as one bundle of JavaScript: it starts in a quarter of the processor time and in 40 MiB less than from its sources.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'rolldown';
import type { Component, LayoutOptions } from '../image.ts';
import { packageOfModule, readLock } from '../sbom/npm.ts';

export interface Bundle {
  /** The program's main.ts, from the repository's root. */
  readonly main: string;
  /** Folder in the image. */
  readonly to: string;
  /** Files that the program looks for beside its own. */
  readonly beside?: readonly string[];
}

/** Returns the npm packages of which modules are in the bundle. */
export async function layOutBundle(
  { root, folder }: LayoutOptions,
  { main, to, beside = [] }: Bundle,
): Promise<readonly Component[]> {
  const target = join(folder, to);
  await mkdir(target, { recursive: true });
  const { output } = await build({
    input: join(root, main),
    platform: 'node',
    logLevel: 'warn',
    output: { dir: target, format: 'esm', entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
  });
  await writeFile(join(target, 'package.json'), '{ "type": "module" }\n');
  for (const file of beside) await copyFile(join(root, file), join(target, basename(file)));
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const lock = await readLock(root);
  const packages = new Set(modules.flatMap((id) => packageOfModule(root, id) ?? []));
  return [...packages].sort().map((key) => lock.component(key));
}
