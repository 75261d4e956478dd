// The table of alerts; the whole row follows its link, and a fresh row is marked for a while.
import { VisuallyHidden } from '@mantine/core';
import type { AlertSummary } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { useLiveAlerts } from '../../alerts/use-live-alerts.tsx';
import { whereOf } from '../../alerts/where.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { formatCount } from '../../parts/quantity.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import styles from './alert-table.module.css';
import { useRowKeys } from './use-row-keys.ts';

interface AlertTableProps {
  readonly alerts: readonly AlertSummary[];
  /** The rows answer the filter before this one, until the new answer is there. */
  readonly isStale: boolean;
}

const Where = ({ alert }: { readonly alert: AlertSummary }): ReactNode => {
  const { thing, place } = whereOf(alert.entities);
  return (
    <>
      <div className={styles['thing']}>{thing}</div>
      <div className={styles['place']}>{place}</div>
    </>
  );
};

const Row = ({ alert, isFresh }: { readonly alert: AlertSummary; readonly isFresh: boolean }): ReactNode => (
  <tr data-fresh={isFresh || undefined}>
    <td className={styles['severity']}>
      <SeverityMark severity={alert.severity} />
    </td>
    <td className={styles['what']}>
      <AppLink href={urls.alert(alert.id)} className={styles['title']} data-row>
        {alert.title}
      </AppLink>
      {isFresh && <span className={styles['new']}>new</span>}
      <div className={styles['message']}>{alert.message}</div>
    </td>
    <td className={styles['where']}>
      <Where alert={alert} />
    </td>
    <td className="number">{formatCount(alert.count)}</td>
    <td className={styles['seen']}>
      <RelativeTime value={alert.lastSeenAt} />
      {alert.status === 'closed' && <div className={styles['closed']}>Closed: {alert.closeReason}</div>}
    </td>
  </tr>
);

export const AlertTable = ({ alerts, isStale }: AlertTableProps): ReactNode => {
  const { fresh } = useLiveAlerts();
  const body = useRowKeys();
  return (
    <div className={styles['scroll']} aria-busy={isStale}>
      <table className={styles['table']}>
        <caption>
          <VisuallyHidden>Alerts, the latest first. Keys j and k move between them.</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Alert</th>
            <th scope="col">Where</th>
            <th scope="col" className="number">
              Count
            </th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {alerts.map((alert) => (
            <Row key={alert.id} alert={alert} isFresh={fresh.has(alert.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
