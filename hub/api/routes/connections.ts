// Connected clusters: connecting, disconnecting, revoking, and requests that are carried to their API servers.
import {
  connectCluster,
  deleteThroughCluster,
  disconnectCluster,
  type Endpoint,
  getThroughCluster,
  hasPermission,
  patchThroughCluster,
  postThroughCluster,
  putThroughCluster,
  readerRole,
  revokeCluster,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import { findCluster } from '../../store/clusters.ts';
import * as connections from '../../store/connections.ts';
import { recordTrail } from '../../store/trail.ts';
import { carry } from '../../tunnel/carry.ts';
import { kubernetesStatus } from '../../tunnel/kubernetes-status.ts';
import type { Tunnels } from '../../tunnel/tunnels.ts';
import type { Principal } from '../principal.ts';
import { type Call, type Route, route } from '../route.ts';
import type { FleetRouteOptions } from './fleet.ts';

export interface ConnectionRouteOptions extends FleetRouteOptions {
  readonly tunnels: Pick<Tunnels, 'isOpen' | 'request'>;
}

export const connectionRoutes = (options: ConnectionRouteOptions): readonly Route[] => {
  const { db, clock, workspace, authority } = options;
  return [
    route(connectCluster, async ({ params, body, principal }) => {
      checkName(params.name);
      const wish = { ...body, name: params.name, createdBy: principal.name, now: clock.now() };
      const { token, expiresAt } = await connections.askForConnection(db, wish);
      return { workspace, token, expiresAt, hub: options.agentsUrl(), authority };
    }),
    route(disconnectCluster, async ({ params }) => {
      if (!(await connections.forgetConnection(db, params.name, clock.now())))
        throw new HubError('NOT_FOUND', 'connection');
      return undefined;
    }),
    route(revokeCluster, async ({ params }) => {
      await connections.revokeCluster(db, params.name, clock.now());
      const cluster = await findCluster(db, params.name, options.view());
      if (cluster === undefined) throw new HubError('NOT_FOUND', 'cluster');
      return cluster;
    }),
    ...carried.map((endpoint) => carriedRoute(endpoint, options)),
  ];
};

const name = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
function checkName(text: string): void {
  if (text.length > 253 || !name.test(text))
    throw new HubError('REQUEST_INVALID', 'name: letters, digits, dots, dashes and underscores');
}

const carried = [
  getThroughCluster,
  postThroughCluster,
  putThroughCluster,
  patchThroughCluster,
  deleteThroughCluster,
];

/** What an API server itself takes at the most. */
const bodyBytes = 3 * 1024 * 1024;

const carriedRoute = (endpoint: Endpoint, { db, tunnels }: ConnectionRouteOptions): Route => ({
  endpoint,
  async handle(call: Call<Endpoint>) {
    const { request } = call;
    const principal = call.principal as Principal;
    const cluster = (call.params as { name: string }).name;
    const wish = wishOf(request, principal);
    if (wish instanceof Response) return wish;
    const url = new URL(request.url);
    const path = `${url.pathname.split('/').slice(6).join('/')}`;
    const target = `/${path}${url.search}`;
    const body = await bodyOf(request);
    if (body === undefined) return kubernetesStatus(413, `more than ${bodyBytes} bytes`);
    // Before anything happens: a request that cannot be recorded is not made.
    await recordTrail(db, {
      actor: principal.name,
      action: endpoint.id,
      target: cluster,
      detail: { method: request.method, path: target.slice(0, 2000), role: wish.role },
    });
    return carry(tunnels, {
      ...{ cluster, role: wish.role, actor: principal.name, body },
      ...{ method: request.method, path: target, headers: request.headers, signal: request.signal },
    });
  },
});

/** As kubectl's `--as` says it. Users, groups and extras of one's own choice are not for the hub to hand on. */
function wishOf(request: Request, { role: own }: Principal): { readonly role: string } | Response {
  if (request.headers.has('upgrade'))
    return kubernetesStatus(400, 'exec, attach and port-forward are not carried by the tunnel');
  for (const header of request.headers.keys()) {
    if (header.startsWith('impersonate-') && header !== 'impersonate-user')
      return kubernetesStatus(403, `${header} is not carried: only a role that the owner granted is`);
  }
  const role = request.headers.get('impersonate-user') ?? readerRole;
  if (role !== readerRole && !hasPermission(own, 'clusters:write'))
    return kubernetesStatus(403, `the role ${own} of this hub may use ${readerRole} only`);
  return { role };
}

async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > bodyBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
