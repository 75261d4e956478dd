// The connect agent's image: one bundle, the Helm that it runs, and the charts that it may install.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Image, type LayoutOptions, nonRoot } from '../image.ts';
import { layOutBundle } from '../layout/bundle.ts';
import { layOutGoProgram } from '../layout/go-program.ts';

const helm = {
  module: 'deploy/images/helm',
  package: 'helm.sh/helm/v4/cmd/helm',
  to: 'yagura/helm/helm',
} as const;

export const connect: Image = {
  name: 'connect',
  title: 'connects a cluster to the hub, by a tunnel that it dials itself',
  user: nonRoot,
  // Of 128Mi: what is carried is streamed, so that little is held.
  nodeFlags: ['--max-old-space-size=48', '--max-semi-space-size=2'],
  main: '/yagura/connect/main.js',
  env: { YAGURA_CONNECT_HELM: `/${helm.to}`, YAGURA_CONNECT_CHARTS: '/yagura/charts' },
  layOut: async (options) => {
    await copyCharts(options);
    const bundled = await layOutBundle(options, { main: 'cluster/connect/main.ts', to: 'yagura/connect' });
    return [...bundled, ...(await layOutGoProgram(options, helm))];
  },
};

/** Of extensions: what the agent does not carry, no hub can have it install. */
const copyCharts = ({ root, folder }: LayoutOptions): Promise<void> =>
  cp(join(root, 'deploy/chart/yagura'), join(folder, 'yagura/charts/yagura'), { recursive: true });
