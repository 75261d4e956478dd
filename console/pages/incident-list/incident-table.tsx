// The table of incidents; the whole row follows its link.
import type { IncidentSummary } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { ScoreMark } from '../../incidents/score-mark.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Table } from '../../parts/table.tsx';
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
    <th scope="row">
      <AppLink href={urls.incident(incident.id)} data-row>
        {incident.title}
      </AppLink>
      <div className={styles['tactics']}>{incident.tactics.join(' → ')}</div>
    </th>
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

const columns = [
  'Score',
  'Severity',
  'Incident',
  { label: 'Alerts', isNumber: true },
  'Owner',
  'Last seen',
] as const;

export const IncidentTable = ({ incidents, isStale }: IncidentTableProps): ReactNode => (
  <Table name="Incidents, the latest first" columns={columns} isStale={isStale}>
    <tbody>
      {incidents.map((incident) => (
        <Row key={incident.id} incident={incident} />
      ))}
    </tbody>
  </Table>
);
