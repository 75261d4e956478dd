// People judge alerts and incidents: the one changes the score of the other, in one transaction.
import type { Alert, CloseIncident, IncidentSummary } from '@yagura/contracts';
import { closeAlert } from '../store/alert-status.ts';
import type { Database } from '../store/database.ts';
import type { IncidentChange } from '../store/incident-row.ts';
import { setClosed } from '../store/incident-status.ts';
import { lockIncidents } from './lock-incidents.ts';
import { rescoreOf } from './rescore.ts';

export interface JudgedAlert {
  readonly alert: Alert;
  readonly incidents: readonly IncidentChange[];
}

/** `change` closes or opens one alert, or answers undefined if there is none. */
export function judgeAlert(
  db: Database,
  change: (transaction: Database) => Promise<Alert | undefined>,
): Promise<JudgedAlert | undefined> {
  return db.transaction().execute(async (transaction) => {
    const alert = await change(transaction);
    return alert && { alert, incidents: await rescoreOf(transaction, [alert.id]) };
  });
}

export interface ClosedIncident {
  readonly incident: IncidentSummary;
  /** Also others that the closed alerts are in. */
  readonly incidents: readonly IncidentChange[];
}

export function closeIncident(
  db: Database,
  id: string,
  wish: CloseIncident & { readonly by: string },
): Promise<ClosedIncident | undefined> {
  const { reason, comment, by } = wish;
  return db.transaction().execute(async (transaction) => {
    const alerts = wish.closeAlerts ? await openAlertsOf(transaction, id) : [];
    // In the order of ids, as recording does, so that the two wait for one another instead of for ever.
    for (const alert of alerts)
      await closeAlert(transaction, alert, { reason, ...(comment === undefined ? {} : { comment }), by });
    await lockIncidents(transaction);
    const closed = await setClosed(transaction, id, wish);
    if (closed === undefined) return undefined;
    const incidents = await rescoreOf(transaction, alerts);
    return { incident: incidents.find(({ incident }) => incident.id === id)?.incident ?? closed, incidents };
  });
}

async function openAlertsOf(db: Database, id: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('incident_alerts as m')
    .innerJoin('alerts as a', 'a.id', 'm.alert_id')
    .select('a.id')
    .where('m.incident_id', '=', id)
    .where('a.status', '=', 'open')
    .orderBy('a.id')
    .execute();
  return rows.map((row) => row.id);
}
