// Extensions of connected clusters: what is wanted, and what became of it.
import {
  deleteExtension,
  type Extension,
  type ExtensionName,
  extensionNames,
  getExtension,
  listExtensions,
  putExtension,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import type { KnownCharts } from '../../extensions/charts.ts';
import { checkValues } from '../../extensions/check-values.ts';
import { ringCluster } from '../../extensions/ring.ts';
import { findCluster } from '../../store/clusters.ts';
import * as store from '../../store/extensions.ts';
import { endClusterTokens } from '../../store/registration-tokens.ts';
import { recordTrail } from '../../store/trail.ts';
import { type Route, route } from '../route.ts';
import type { ConnectionRouteOptions } from './connections.ts';

export interface ExtensionRouteOptions
  extends Pick<ConnectionRouteOptions, 'db' | 'clock' | 'tunnels' | 'view'> {
  readonly charts: KnownCharts;
}

export const extensionRoutes = (options: ExtensionRouteOptions): readonly Route[] => {
  const { db, clock, charts, tunnels } = options;
  const want = async (wish: Omit<store.ExtensionWish, 'now'>, action: string): Promise<Extension> => {
    const extension = await store.wantExtension(
      db,
      { ...wish, now: clock.now() },
      async (transaction, { desired }) => {
        const target = `${wish.cluster}/${wish.name}`;
        await recordTrail(transaction, { actor: wish.by, action, target, detail: desired });
        if (desired.state === 'removed') await endClusterTokens(transaction, wish.cluster);
      },
    );
    if (extension === undefined) throw new HubError('NOT_FOUND', `${wish.name} in cluster ${wish.cluster}`);
    ringCluster(tunnels, wish.cluster);
    return extension;
  };
  return [
    route(listExtensions, async ({ params }) => ({
      items: [...(await store.listExtensions(db, params.name))],
    })),
    route(getExtension, async ({ params }) => {
      const extension = await store.findExtension(db, params.name, params.extension);
      if (extension === undefined) throw new HubError('NOT_FOUND', 'extension');
      return extension;
    }),
    route(putExtension, async ({ params, body, principal }) => {
      const name = extensionNamed(params.extension);
      const { chart, version } = charts[name];
      if (body.version !== undefined && body.version !== version)
        throw new HubError(
          'EXTENSION_VALUES_REFUSED',
          `version ${body.version}: this hub knows ${chart} ${version}`,
        );
      const cluster = await findCluster(db, params.name, options.view());
      if (cluster === undefined) throw new HubError('NOT_FOUND', 'cluster');
      if (cluster.connection === undefined)
        throw new HubError(
          'CONFLICT',
          `there is no agent: yagura connect kubernetes ${params.name} --extensions`,
        );
      const values = body.values ?? {};
      checkValues(name, values, charts[name]);
      const wanted = { chart, version, values, state: 'installed' } as const;
      return want({ cluster: params.name, name, by: principal.name, want: () => wanted }, putExtension.id);
    }),
    route(deleteExtension, async ({ params, principal }) => {
      const name = extensionNamed(params.extension);
      const removed = (before: store.Wanted | undefined) =>
        before && { ...before, state: 'removed' as const };
      return want({ cluster: params.name, name, by: principal.name, want: removed }, deleteExtension.id);
    }),
  ];
};

function extensionNamed(name: string): ExtensionName {
  const found = extensionNames.find((one) => one === name);
  if (found === undefined)
    throw new HubError(
      'NOT_FOUND',
      `no extension ${name.slice(0, 64)}; there is ${extensionNames.join(', ')}`,
    );
  return found;
}
