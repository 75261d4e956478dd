// Finds or builds the programs, once: they stay in a folder outside of the repository, named after what they are made of.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../ground/find-command.ts';
import { run } from '../ground/run.ts';
import { type Group, linkerFlags, moduleFolder, type Program } from './list.ts';

export type Say = (line: string) => void;

const buildTimeoutMs = 60 * 60 * 1000;
const progressMs = 15_000;

const hashOf = (group: Group): string => {
  const hash = createHash('sha256').update(process.arch).update(linkerFlags(group));
  const folder = moduleFolder(group);
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
};

export const cacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'yagura', 'cluster');

/**
 * Where a program is: in KUBEBUILDER_ASSETS, as controller-runtime's envtest has it, else in the cache. `undefined`
 * when it has yet to be built.
 */
export function findProgram({ name, module }: Program): string | undefined {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  const candidates = [
    ...(assets ? [join(assets, name)] : []),
    join(cacheFolder(), `${module}-${hashOf(module)}`, name),
  ];
  return candidates.find((path) => existsSync(path));
}

/** Builds what is missing, one after the other: each takes all processors. */
export async function ensurePrograms(programs: readonly Program[], say: Say): Promise<void> {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  const go = findCommand('go');
  if (go === undefined)
    throw new Error(
      `Go is missing, and these are not built: ${missing.map(({ name }) => name).join(', ')}. Install Go 1.26 or newer, or let KUBEBUILDER_ASSETS name a folder that has them`,
    );
  for (const [index, program] of missing.entries())
    await build(go, program, (text) => say(`${text} (${index + 1} of ${missing.length})`));
}

async function build(go: string, program: Program, say: Say): Promise<void> {
  const { name, module } = program;
  const folder = join(cacheFolder(), `${module}-${hashOf(module)}`);
  const temporary = join(folder, `.${name}.${process.pid}`);
  await mkdir(folder, { recursive: true });
  const startedAt = Date.now();
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1000);
  say(`building ${name} …`);
  const ticker = setInterval(() => say(`building ${name} … ${seconds()} s`), progressMs);
  try {
    const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', linkerFlags(module)];
    await run(go, ['build', ...flags, '-o', temporary, program.package], {
      cwd: moduleFolder(module),
      env: { CGO_ENABLED: '0', GOWORK: 'off' },
      timeoutMs: buildTimeoutMs,
    });
    await rename(temporary, join(folder, name));
    say(`building ${name}: done in ${seconds()} s`);
  } finally {
    clearInterval(ticker);
    await rm(temporary, { force: true });
  }
}
