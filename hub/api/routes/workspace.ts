// The workspace: what agents need to register, the tokens that are about, and retention.
import {
  deleteRegistrationToken,
  getWorkspace,
  listRegistrationTokens,
  type Retention,
  rotateRegistrationTokens,
  setRetention,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import { countAgents } from '../../store/agents.ts';
import * as tokens from '../../store/registration-tokens.ts';
import { readRetention, writeRetention } from '../../store/retention-wish.ts';
import { type Route, route } from '../route.ts';
import type { FleetRouteOptions } from './fleet.ts';

export interface WorkspaceRouteOptions extends FleetRouteOptions {
  readonly maxAgents: number;
  /** As the hub was started with it. */
  readonly retention: Retention;
}

export const workspaceRoutes = (options: WorkspaceRouteOptions): readonly Route[] => {
  const { db, clock, workspace, authority, maxAgents } = options;
  const retention = async (): Promise<Retention> => {
    const { closedAlertDays, occurrenceDays, trailDays } = options.retention;
    return { closedAlertDays, occurrenceDays, trailDays, ...(await readRetention(db)) };
  };
  return [
    route(getWorkspace, async () => ({
      ...{ id: workspace, agentsUrl: options.agentsUrl(), authority, maxAgents },
      agents: await countAgents(db),
      retention: await retention(),
    })),
    route(setRetention, async ({ body }) => {
      await writeRetention(db, body);
      return retention();
    }),
    route(listRegistrationTokens, async () => ({
      items: [...(await tokens.listRegistrationTokens(db, clock.now()))],
    })),
    route(deleteRegistrationToken, async ({ params }) => {
      if (!(await tokens.endRegistrationToken(db, params.id)))
        throw new HubError('NOT_FOUND', 'registration token');
      return undefined;
    }),
    route(rotateRegistrationTokens, async () => ({
      ended: await tokens.endAllRegistrationTokens(db, clock.now()),
    })),
  ];
};
