// The shared libraries that a program of this machine needs, at the same paths in an image.
import { copyFile, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Component } from '../image.ts';
import { owningPackages } from '../sbom/debian.ts';
import { run } from './run.ts';

/** `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)` and, for the loader of them all, `/lib64/ld-linux-x86-64.so.2 (0x…)` */
const line = /^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/;

const parseLdd = (text: string): readonly string[] =>
  text.split('\n').flatMap((one) => line.exec(one)?.[1] ?? []);

/** Those of the system; what lies beside the program comes with its own package. */
const isOfSystem = (path: string): boolean => /^\/(usr\/)?lib/.test(path);

/** Returns the packages that they belong to. */
export async function copyLibrariesOf(program: string, folder: string): Promise<readonly Component[]> {
  const paths = parseLdd(await run('ldd', [program])).filter(isOfSystem);
  for (const path of paths) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
  }
  return owningPackages(await Promise.all(paths.map((path) => realpath(path))));
}
