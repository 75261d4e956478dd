// Lists the files of the house: everything that is kept, nothing that is built or installed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const notKept = new Set(['node_modules', '.git', '.yagura', 'console/dist', 'sensor/build']);

/** Relative to `root`, with `/`, sorted; the folders are those of `.gitignore`. */
export const listFiles = (root: string, folder = ''): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (notKept.has(entry.name) || notKept.has(path) || entry.name.endsWith('.log')) return [];
      if (entry.isDirectory()) return listFiles(root, path);
      return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    })
    .sort();
