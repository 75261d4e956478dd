// The layers below every program: what a distroless base has, and Node.
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component } from '../image.ts';
import { copyLibrariesOf } from './libraries.ts';
import { run } from './run.ts';

const files: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnonroot:x:65532:\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
};

/** Users, name service and the libraries of Node; no shell, no package manager. */
export async function layOutBase(folder: string, node: string): Promise<readonly Component[]> {
  for (const path of ['etc', 'tmp', 'proc', 'sys', 'dev', 'run', 'var/lib'])
    await mkdir(join(folder, path), { recursive: true });
  await chmod(join(folder, 'tmp'), 0o1777);
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  return copyLibrariesOf(node, folder);
}

export interface NodeRuntime {
  readonly path: string;
  /** Without `v`. */
  readonly version: string;
  readonly licenceFile?: string;
}

/** Without its symbols: a fifth less. */
export async function layOutNode(folder: string, node: NodeRuntime): Promise<Component> {
  await mkdir(join(folder, 'usr/bin'), { recursive: true });
  const target = join(folder, 'usr/bin/node');
  await copyFile(node.path, target);
  await run('strip', [target]);
  await chmod(target, 0o755);
  const { version, licenceFile } = node;
  const purl = `pkg:generic/node@${version}`;
  return { name: 'node', version, purl, licence: 'MIT', ...(licenceFile ? { licenceFile } : {}) };
}
