// Nodes, clusters, and the tokens with which they register.
import {
  createCluster,
  createRegistrationToken,
  listClusters,
  listNodes,
  revokeNode,
} from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import * as clusters from '../../store/clusters.ts';
import type { ConnectionView } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import * as nodes from '../../store/nodes.ts';
import * as tokens from '../../store/registration-tokens.ts';
import { auditKubeconfig } from '../audit-kubeconfig.ts';
import { type Route, route } from '../route.ts';

export interface FleetRouteOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly workspace: string;
  /** PEM with which agents and API servers check the agents' port. */
  readonly authority: string;
  /** `https://host:port` of the agents' port, known once it listens. */
  readonly agentsUrl: () => string;
  /** As clusters' connections look just now. */
  readonly view: () => ConnectionView;
}

export const fleetRoutes = (options: FleetRouteOptions): readonly Route[] => {
  const { db, clock } = options;
  return [
    route(listNodes, async () => ({ items: [...(await nodes.listNodes(db, clock.now()))] })),
    route(revokeNode, async ({ params }) => {
      const node = await nodes.revokeNode(db, params.id, clock.now());
      if (node === undefined) throw new HubError('NOT_FOUND', 'node');
      return node;
    }),
    route(listClusters, async () => ({ items: [...(await clusters.listClusters(db, options.view()))] })),
    route(createCluster, async ({ body }) => {
      const server = body.server ?? options.agentsUrl();
      checkServer(server);
      const credential = await clusters.createCluster(db, body.name, clock.now());
      const cluster = await clusters.findCluster(db, body.name, options.view());
      if (cluster === undefined) throw new HubError('CONFLICT', 'it was removed in the meantime');
      const kubeconfig = auditKubeconfig({
        server,
        cluster: body.name,
        authority: options.authority,
        credential,
      });
      return { cluster, kubeconfig };
    }),
    route(createRegistrationToken, async ({ body, principal }) => {
      const made = await tokens.createRegistrationToken(db, {
        ...body,
        createdBy: principal.name,
        now: clock.now(),
      });
      return { ...made, workspace: options.workspace };
    }),
  ];
};

function checkServer(server: string): void {
  const url = URL.parse(server);
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new HubError('REQUEST_INVALID', 'server: must be https://host:port, without a path');
}
