// Debian packages as this machine's dpkg knows them; on another distribution they are unknown, which the SBOM then says.
import { existsSync } from 'node:fs';
import type { Component } from '../image.ts';
import { run } from '../layout/run.ts';

/** With merged /usr a package lists the one or the other. */
const bothPaths = (path: string): readonly string[] =>
  path.startsWith('/usr/') ? [path, path.slice(4)] : [path, `/usr${path}`];

async function ownerOf(file: string): Promise<string | undefined> {
  for (const path of bothPaths(file)) {
    const answer = await run('dpkg-query', ['-S', path]).catch(() => '');
    const name = /^([^:,\s]+)/.exec(answer)?.[1];
    if (name) return name;
  }
  return undefined;
}

/** Of files; a file that belongs to no package is left out. */
export async function owningPackages(files: readonly string[]): Promise<readonly Component[]> {
  const owners = await Promise.all(files.map((file) => ownerOf(file)));
  return debianPackages([...new Set(owners.filter((name) => name !== undefined))]);
}

/** Of those that are installed. */
export async function debianPackages(names: readonly string[]): Promise<readonly Component[]> {
  const format = `\${Package}\\t\${Version}\\t\${Architecture}\\n`;
  const answers = await Promise.all(
    names.map((name) => run('dpkg-query', ['-W', '-f', format, name]).catch(() => '')),
  );
  return answers
    .flatMap((answer) => answer.split('\n').slice(0, 1))
    .filter(Boolean)
    .map((answer) => {
      const [name = '', version = '', architecture = ''] = answer.split('\t');
      const licenceFile = `/usr/share/doc/${name}/copyright`;
      const query = `arch=${architecture}&distro=debian`;
      return {
        name,
        version,
        purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?${query}`,
        ...(existsSync(licenceFile) ? { licenceFile } : {}),
      };
    });
}
