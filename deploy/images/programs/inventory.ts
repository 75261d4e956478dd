// The inventory's image (collector-misc): one bundle, no rights.
import { type Image, nonRoot } from '../image.ts';
import { layOutBundle } from '../layout/bundle.ts';

export const inventory: Image = {
  name: 'inventory',
  title: 'tells the hub what a cluster consists of',
  user: nonRoot,
  // Of 64Mi, most are Node's own: lists are streamed, and only keys and hashes are kept.
  nodeFlags: ['--max-semi-space-size=1', '--max-old-space-size=24'],
  main: '/yagura/inventory/main.js',
  layOut: (options) => layOutBundle(options, { main: 'cluster/inventory/main.ts', to: 'yagura/inventory' }),
};
