// Builds the loader and the BPF objects with clang and gcc; what is up to date is left alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const room = import.meta.dirname;
const output = join(room, 'build');

/** What the build needs → the Debian or Ubuntu package that has it. */
const requirements: readonly { readonly package: string; readonly isThere: () => boolean }[] = [
  { package: 'clang', isThere: () => runs('clang') },
  { package: 'gcc', isThere: () => runs('gcc') },
  { package: 'libc6-dev', isThere: () => existsSync('/usr/include/stdio.h') },
  { package: 'libbpf-dev', isThere: () => existsSync('/usr/include/bpf/libbpf.h') },
  { package: 'libelf-dev', isThere: () => existsSync('/usr/include/libelf.h') },
  { package: 'zlib1g-dev', isThere: () => existsSync('/usr/include/zlib.h') },
];

interface Target {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly command: readonly string[];
}

function runs(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(room, folder))
    .filter((name) => ending.test(name))
    .map((name) => join(room, folder, name));

/** Debian keeps the kernel's headers of one architecture in a folder that clang does not look into for BPF. */
function multiarchFolder(): string[] {
  const triplet = spawnSync('gcc', ['-print-multiarch'], { encoding: 'utf8' }).stdout?.trim();
  return triplet ? [`-I/usr/include/${triplet}`] : [];
}

const bpfArchitectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86', arm64: 'arm64' };

function probeTarget(name: string, headers: readonly string[]): Target {
  const folder = join('probes', name);
  const source = join(room, folder, 'program.bpf.c');
  const file = join(output, `${name}.bpf.o`);
  const architecture = bpfArchitectures[process.arch] ?? process.arch;
  return {
    file,
    inputs: [source, ...headers, ...filesIn(folder, /\.h$/)],
    command: [
      ...['clang', '-g', '-O2', '-target', 'bpf', '-mcpu=v3', `-D__TARGET_ARCH_${architecture}`],
      ...[
        ...multiarchFolder(),
        '-Wall',
        '-Wextra',
        '-Werror',
        '-Wno-unused-function',
        '-Wno-unused-parameter',
      ],
      ...['-c', source, '-o', file],
    ],
  };
}

/** Static, so that a container image of the sensor needs no libraries. */
function loaderTarget(headers: readonly string[]): Target {
  const sources = filesIn('loader', /\.c$/);
  const file = join(output, 'yagura-loader');
  const libraries = spawnSync('pkg-config', ['--static', '--libs', 'libbpf'], { encoding: 'utf8' }).stdout;
  return {
    file,
    inputs: [...sources, ...headers, ...filesIn('loader', /\.h$/)],
    command: [
      ...['gcc', '-O2', '-g', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror', '-static', '-o', file],
      ...[...sources, ...(libraries?.trim().split(/\s+/).filter(Boolean) ?? [])],
      ...(libraries?.trim() ? [] : ['-lbpf', '-lelf', '-lz']),
    ],
  };
}

/** This file is an input too: other flags make other objects. */
function isUpToDate({ file, inputs }: Target): boolean {
  if (!existsSync(file)) return false;
  const builtAt = statSync(file).mtimeMs;
  return [...inputs, import.meta.filename].every((input) => statSync(input).mtimeMs <= builtAt);
}

function build(target: Target): boolean {
  if (isUpToDate(target)) return true;
  process.stderr.write(`sensor: building ${target.file.slice(room.length + 1)}\n`);
  const [program = '', ...args] = target.command;
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function main(): number {
  const headers = filesIn('bpf', /\.h$/);
  const probes = readdirSync(join(room, 'probes')).filter((name) =>
    existsSync(join(room, 'probes', name, 'program.bpf.c')),
  );
  const targets = (): Target[] => [
    ...probes.map((name) => probeTarget(name, headers)),
    loaderTarget(headers),
  ];
  const missing = requirements.filter((requirement) => !requirement.isThere());
  if (missing.length > 0) {
    const packages = missing.map((requirement) => requirement.package).join(' ');
    process.stderr.write(
      `sensor: cannot be built, missing: ${packages}\n  On Debian or Ubuntu: apt-get install --no-install-recommends ${packages}\n`,
    );
    return 1;
  }
  mkdirSync(output, { recursive: true });
  const failed = targets().filter((target) => !build(target));
  if (failed.length > 0) process.stderr.write('sensor: not built, see the messages above\n');
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = main();
