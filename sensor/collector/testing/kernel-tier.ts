// Whether this machine can run tests that load probes, and what is missing if not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const room = join(import.meta.dirname, '../..');
export const buildFolder = join(room, 'build');
export const loaderPath = join(buildFolder, 'yagura-loader');
export const collectorMain = join(room, 'collector/main.ts');

/** Builds the sensor if need be. A text says why the tier is skipped; false lets it run (as node:test wants it). */
export function kernelTierSkip(tools: readonly string[] = []): string | false {
  if (process.getuid?.() !== 0) return 'needs root: run the tests as root';
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF (CONFIG_DEBUG_INFO_BTF=y)';
  for (const tool of tools)
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
      return `needs ${tool}: install the package that has it`;
  const build = spawnSync(process.execPath, [join(room, 'build.ts')], { encoding: 'utf8' });
  return build.status === 0 ? false : build.stderr.trim();
}
