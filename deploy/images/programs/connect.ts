// The connect agent's image: one bundle, no rights.
import { type Image, nonRoot } from '../image.ts';
import { layOutBundle } from '../layout/bundle.ts';

export const connect: Image = {
  name: 'connect',
  title: 'connects a cluster to the hub, by a tunnel that it dials itself',
  user: nonRoot,
  // Of 128Mi: what is carried is streamed, so that little is held.
  nodeFlags: ['--max-old-space-size=48', '--max-semi-space-size=2'],
  main: '/yagura/connect/main.js',
  layOut: (options) => layOutBundle(options, { main: 'cluster/connect/main.ts', to: 'yagura/connect' }),
};
