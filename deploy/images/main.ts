// Builds container images without a daemon, or lays one out for a Dockerfile to copy.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeArchive } from './archive/docker-archive.ts';
import { entrypointOf, type Image } from './image.ts';
import type { NodeRuntime } from './layout/base.ts';
import { layOutLayers } from './layout/layers.ts';
import { images } from './list.ts';

const root = join(import.meta.dirname, '../..');

const help = `Usage: node deploy/images/main.ts build [NAME…] --out FOLDER [--registry PREFIX] [--tag TAG] [--json]
       node deploy/images/main.ts layout NAME --out FOLDER

  build     writes yagura-NAME.tar (docker load, podman load, ctr images import) and yagura-NAME.cdx.json, an SBOM;
            without a NAME, of all images
  layout    writes what is in the image as folders base, node and program, as deploy/images/Dockerfile copies them

  NAME      ${images.map(({ name, title }) => `${name.padEnd(10)} ${title}`).join('\n            ')}

  --out       folder to write into
  --registry  what stands before yagura-NAME in the image's name, such as registry.example/security
  --tag       [default the version in package.json]
  --json      sizes as JSON

The sensor must be built before (npm run build:sensor), for the hub also the console (npm run build:console).

Examples:
  node deploy/images/main.ts build --out /tmp/images
  node deploy/images/main.ts build collector publisher --out /tmp/images --registry registry.example/security`;

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

function imageNamed(name: string): Image {
  const image = images.find((one) => one.name === name);
  if (!image) throw new Error(`no image ${name}; there are ${images.map((one) => one.name).join(', ')}`);
  return image;
}

/** The one from node_modules, whose licence lies beside it, else the one that runs this. */
function findNode(): NodeRuntime {
  const folder = join(root, `node_modules/node-linux-${process.arch}`);
  const path = join(folder, 'bin/node');
  const licence = join(folder, 'LICENSE');
  return {
    path: existsSync(path) ? path : process.execPath,
    version: process.versions.node,
    ...(existsSync(licence) ? { licenceFile: licence } : {}),
  };
}

interface BuildOptions {
  readonly out: string;
  readonly registry: string | undefined;
  readonly tag: string;
}

async function build(image: Image, { out, registry, tag }: BuildOptions): Promise<object> {
  const folder = await mkdtemp(join(out, `.${image.name}.`));
  try {
    const { layers, sbom } = await layOutLayers(image, { root, folder, node: findNode() });
    const repository = `yagura-${image.name}`;
    const reference = `${registry === undefined ? '' : `${registry}/`}${repository}:${tag}`;
    const file = join(out, `${repository}.tar`);
    const { user, env = {}, title } = image;
    const labels = {
      'org.opencontainers.image.title': `Yagura: ${title}`,
      'org.opencontainers.image.version': tag,
    };
    const size = await writeArchive(file, {
      reference,
      layers,
      entrypoint: entrypointOf(image),
      user,
      env,
      labels,
    });
    await writeFile(join(out, `${repository}.cdx.json`), sbom);
    return { name: image.name, reference, file, ...size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      registry: { type: 'string' },
      tag: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const [command, ...names] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(`${help}\n`);
    return values.help ? 0 : 2;
  }
  const { out } = values;
  if (out === undefined) throw new Error('give --out FOLDER');
  await mkdir(out, { recursive: true });
  if (command === 'layout') {
    await layOutLayers(imageNamed(names[0] ?? ''), { root, folder: out, node: findNode() });
    return 0;
  }
  if (command !== 'build') throw new Error(`no command ${command}; --help lists them`);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  for (const image of names.length > 0 ? names.map(imageNamed) : images) {
    const built = await build(image, { out, registry: values.registry, tag: values.tag ?? version });
    const { reference, bytes } = built as { reference: string; bytes: number };
    process.stdout.write(values.json ? `${JSON.stringify(built)}\n` : `${reference}  ${mebibytes(bytes)}\n`);
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`images: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
