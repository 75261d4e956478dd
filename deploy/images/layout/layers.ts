// Lays an image out as three folders: what changes seldom lies below what changes often, and images share it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, Image } from '../image.ts';
import { toCycloneDx } from '../sbom/cyclonedx.ts';
import { toNotices } from '../sbom/notices.ts';
import { layOutBase, layOutNode, type NodeRuntime } from './base.ts';

const layerNames = ['base', 'node', 'program'] as const;

export interface LaidOut {
  /** Lowest first. */
  readonly layers: readonly string[];
  /** CycloneDX; also in the image, below /usr/share/sbom. */
  readonly sbom: string;
}

export interface LayersOptions {
  readonly root: string;
  /** Empty or not there. */
  readonly folder: string;
  readonly node: NodeRuntime;
}

export async function layOutLayers(image: Image, { root, folder, node }: LayersOptions): Promise<LaidOut> {
  const [base = '', runtime = '', program = ''] = layerNames.map((name) => join(folder, name));
  for (const layer of [base, runtime, program]) await mkdir(layer, { recursive: true });
  const components: readonly Component[] = [
    ...(await layOutBase(base, node.path)),
    await layOutNode(runtime, node),
    ...(await image.layOut({ root, folder: program })),
  ];
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const sbom = toCycloneDx({ name: `yagura-${image.name}`, version }, components);
  await write(program, `usr/share/sbom/yagura-${image.name}.cdx.json`, sbom);
  await write(program, 'usr/share/doc/yagura/third-party-licences.txt', await toNotices(components));
  return { layers: [base, runtime, program], sbom };
}

async function write(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}
