// A Go program of somebody else's, built from the version that a go.mod pins, with the modules that are linked into it.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Component, LayoutOptions } from '../image.ts';
import { run } from './run.ts';

export interface GoProgram {
  /** Folder with go.mod and go.sum, from the repository's root. */
  readonly module: string;
  /** Go package of its main. */
  readonly package: string;
  /** Path in the image. */
  readonly to: string;
}

const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly'];
const licenceName = /^(licen[cs]e|copying)/i;

/** Go's own cache makes a second build quick. */
export async function layOutGoProgram(
  { root, folder }: LayoutOptions,
  { module, package: name, to }: GoProgram,
): Promise<readonly Component[]> {
  const target = join(folder, to);
  await mkdir(dirname(target), { recursive: true });
  const go = (...words: readonly string[]): Promise<string> =>
    // Through env, so that no variable of whoever builds changes what is built.
    run('env', ['-C', join(root, module), 'CGO_ENABLED=0', 'GOWORK=off', 'GOFLAGS=', 'go', ...words]);
  await go('build', ...flags, '-ldflags', '-s -w', '-o', target, name);
  const format = '{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}';
  const linked = new Set((await go('list', '-mod=readonly', '-deps', '-f', format, name)).split('\n'));
  const modules = [...linked].filter(Boolean).sort();
  return Promise.all(modules.map(toComponent));
}

async function toComponent(line: string): Promise<Component> {
  const [name = '', version = '', folder = ''] = line.split('\t');
  const files: readonly string[] = existsSync(folder) ? await readdir(folder) : [];
  const licence = files.find((file) => licenceName.test(file));
  return {
    name,
    version,
    purl: `pkg:golang/${name}@${version}`,
    ...(licence === undefined ? {} : { licenceFile: join(folder, licence) }),
  };
}
