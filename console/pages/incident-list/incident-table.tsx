// The table of incidents; the whole row follows its link.
import { VisuallyHidden } from '@mantine/core';
import type { IncidentSummary } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { ScoreMark } from '../../incidents/score-mark.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import styles from './incident-table.module.css';

const Row = ({ incident }: { readonly incident: IncidentSummary }): ReactNode => (
  <tr>
    <td>
      <ScoreMark score={incident.score} />
    </td>
    <td>
      <SeverityMark severity={incident.severity} />
    </td>
    <td>
      <AppLink href={urls.incident(incident.id)} className={styles['title']}>
        {incident.title}
      </AppLink>
      <div className={styles['tactics']}>{incident.tactics.join(' → ')}</div>
    </td>
    <td className="number">{formatCount(incident.alerts)}</td>
    <td>{incident.owner ?? '–'}</td>
    <td>
      <RelativeTime value={incident.lastSeenAt} />
      {incident.status === 'closed' && (
        <div className={styles['tactics']}>Closed: {incident.closeReason}</div>
      )}
    </td>
  </tr>
);

interface IncidentTableProps {
  readonly incidents: readonly IncidentSummary[];
  readonly isStale: boolean;
}

export const IncidentTable = ({ incidents, isStale }: IncidentTableProps): ReactNode => (
  <div className={styles['scroll']} aria-busy={isStale}>
    <table className={styles['table']}>
      <caption>
        <VisuallyHidden>Incidents, the latest first</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">Score</th>
          <th scope="col">Severity</th>
          <th scope="col">Incident</th>
          <th scope="col" className="number">
            Alerts
          </th>
          <th scope="col">Owner</th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {incidents.map((incident) => (
          <Row key={incident.id} incident={incident} />
        ))}
      </tbody>
    </table>
  </div>
);
