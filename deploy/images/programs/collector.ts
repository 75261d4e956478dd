// The collector's image: one bundle, the static loader and the BPF objects beside it.
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, Image, LayoutOptions } from '../image.ts';
import { layOutBundle } from '../layout/bundle.ts';
import { run } from '../layout/run.ts';
import { debianPackages } from '../sbom/debian.ts';

const loader = 'yagura-loader';
/** Linked into the loader. */
const linked = ['libbpf-dev', 'libelf-dev', 'zlib1g-dev', 'libc6-dev'];

export const collector: Image = {
  name: 'collector',
  title: 'watches the processes of a node with eBPF',
  // With the capabilities that the chart adds and no other; as another user they would be lost when the loader starts.
  user: '0:0',
  // Of 296Mi, which the loader and its ring buffer share.
  nodeFlags: ['--max-old-space-size=160', '--max-semi-space-size=4'],
  main: '/yagura/collector/main.js',
  env: { YAGURA_COLLECTOR_LOADER: `/yagura/loader/${loader}` },
  layOut: async (options) => {
    const bundled = await layOutBundle(options, {
      main: 'sensor/collector/main.ts',
      to: 'yagura/collector',
      beside: ['sensor/collector/facts/cri.proto'],
    });
    return [...bundled, ...(await layOutLoader(options))];
  },
};

async function layOutLoader({ root, folder }: LayoutOptions): Promise<readonly Component[]> {
  const [from, to] = [join(root, 'sensor/build'), join(folder, 'yagura/loader')];
  const built: readonly string[] = await readdir(from).catch(() => []);
  if (!built.includes(loader)) throw new Error('the sensor is not built: npm run build:sensor');
  await mkdir(to, { recursive: true });
  await run('strip', ['-o', join(to, loader), join(from, loader)]);
  await chmod(join(to, loader), 0o755);
  for (const object of built.filter((name) => name.endsWith('.bpf.o')))
    await copyFile(join(from, object), join(to, object));
  return debianPackages(linked);
}
