// Decides whether whoever asks may call an endpoint.
import { type Endpoint, hasPermission, type Permission, permissions } from '@yagura/contracts';
import { HubError } from '../errors.ts';
import type { Principal } from './principal.ts';

const isPermission = (access: string): access is Permission => permissions.some((name) => name === access);

/** Throws UNAUTHENTICATED or FORBIDDEN. What this port does not know how to prove, it refuses. */
export function permit({ access }: Endpoint, principal: Principal | undefined): void {
  if (access === 'open') return;
  if (principal === undefined) throw new HubError('UNAUTHENTICATED');
  if (access === 'session') return;
  if (!isPermission(access)) throw new HubError('FORBIDDEN', `${access} is for the agents' port`);
  if (!hasPermission(principal.role, access))
    throw new HubError('FORBIDDEN', `${principal.role} lacks ${access}`);
}
