// Who may do what to which thing, and if not, why: the one place that buttons ask.
import {
  type AlertSummary,
  hasPermission,
  type IncidentSummary,
  type Permission,
  type Session,
} from '@yagura/contracts';

/** `undefined`: allowed. Else the reason, in a sentence for the person who wanted to do it. */
export type Refused = string | undefined;

const lacks = (session: Session, permission: Permission, deed: string): Refused =>
  hasPermission(session.role, permission)
    ? undefined
    : `Your role, ${session.role}, may look but not ${deed}. Ask an administrator for the role analyst.`;

type Closable = Pick<AlertSummary, 'status' | 'closedBy'>;

export const refusedToClose = (session: Session, alert: Closable): Refused =>
  alert.status === 'closed'
    ? 'This alert is closed already.'
    : lacks(session, 'alerts:write', 'close alerts');

export const refusedToReopen = (session: Session, alert: Closable): Refused =>
  alert.status === 'open' ? 'This alert is open.' : lacks(session, 'alerts:write', 'reopen alerts');

type Incident = Pick<IncidentSummary, 'status'>;

export const refusedToWorkOn = (session: Session, incident: Incident, deed: string): Refused =>
  incident.status === 'merged'
    ? 'This incident became part of another one.'
    : lacks(session, 'alerts:write', `${deed} incidents`);

export const refusedToSuppress = (session: Session): Refused =>
  lacks(session, 'suppressions:write', 'suppress alerts');

export const refusedToExport = (session: Session): Refused =>
  hasPermission(session.role, 'exports:write')
    ? undefined
    : `Only an administrator changes exports; your role is ${session.role}.`;

export const refusedToAddCluster = (session: Session): Refused =>
  hasPermission(session.role, 'fleet:write')
    ? undefined
    : `Only an administrator adds clusters; your role is ${session.role}.`;

export const refusedToRevoke = (session: Session): Refused =>
  hasPermission(session.role, 'fleet:write')
    ? undefined
    : `Only an administrator revokes nodes and clusters; your role is ${session.role}.`;

export const refusedToWriteRules = (session: Session): Refused =>
  hasPermission(session.role, 'rules:write')
    ? undefined
    : `Your role, ${session.role}, may look but not change rules. Ask an administrator for the role author.`;
