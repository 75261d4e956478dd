// Whether the pages of the console are built.
import { join } from 'node:path';
import { type Check, ok, warn } from '../check.ts';
import { exists } from '../find-program.ts';

export const consoleBuild: Check = {
  id: 'console-build',
  title: 'Console built',
  for: 'console',
  async run({ root }) {
    const page = join(root, 'console', 'dist', 'index.html');
    return (await exists(page)) ? ok(page) : warn('not yet', 'Run "npm run build:console".');
  },
};
