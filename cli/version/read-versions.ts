// Which versions are at work.
import { readFile } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';

export interface Versions {
  readonly yagura: string;
  readonly node: string;
  readonly platform: string;
  readonly kernel: string;
}

export async function readVersions(nodeVersion: string): Promise<Versions> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return { yagura: version, node: nodeVersion, platform: `${platform()}-${arch()}`, kernel: release() };
}
