// The publisher's image: one bundle, no rights.
import { type Image, nonRoot } from '../image.ts';
import { layOutBundle } from '../layout/bundle.ts';

export const publisher: Image = {
  name: 'publisher',
  title: 'ships what the collector of a node sees to the hub',
  user: nonRoot,
  // Of 200Mi: 96 for the old generation; a young one of 3 × 2 MiB keeps garbage from growing the process.
  nodeFlags: ['--max-old-space-size=96', '--max-semi-space-size=2'],
  main: '/yagura/publisher/main.js',
  layOut: (options) => layOutBundle(options, { main: 'sensor/publisher/main.ts', to: 'yagura/publisher' }),
};
