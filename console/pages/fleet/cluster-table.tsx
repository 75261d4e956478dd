// Clusters whose audit log or nodes report here.
import type { Cluster } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { Table } from '../../parts/table.tsx';
import { ConnectionDetail, ConnectionState } from './connection.tsx';
import { LastContact } from './last-contact.tsx';
import { Losses } from './losses.tsx';
import styles from './node-table.module.css';
import { RowToggle } from './row-toggle.tsx';

const columns = [
  'Cluster',
  'Connection',
  { label: 'Nodes', isNumber: true },
  'Last audit event',
  { label: 'Audit events', isNumber: true },
  'Losses',
] as const;

const Row = ({ cluster }: { readonly cluster: Cluster }): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  const { name, connection } = cluster;
  const detailId = `cluster-${name}`;
  return (
    <>
      <tr>
        <th scope="row">
          <AppLink href={urls.alerts({ cluster: name, status: 'all' })} title="All alerts of this cluster">
            {name}
          </AppLink>
          <div className={styles['objects']}>
            <AppLink href={urls.inventory(name)} aria-label={`What ${name} consists of`}>
              objects
            </AppLink>
          </div>
        </th>
        <td>
          {connection === undefined ? (
            'not connected'
          ) : (
            <RowToggle opens={detailId} isOpen={isOpen} onToggle={setIsOpen} label={`Connection of ${name}`}>
              <ConnectionState connection={connection} />
            </RowToggle>
          )}
        </td>
        <td className="number">{formatCount(cluster.nodes)}</td>
        <td>
          {cluster.auditLog === 'silent' && <div className={styles['silent']}>silent since</div>}
          <LastContact at={cluster.auditLastEventAt} never="no audit event yet" />
        </td>
        <td className="number">{formatCount(cluster.auditEventsTotal)}</td>
        <td>
          <Losses losses={cluster.losses} />
        </td>
      </tr>
      {connection !== undefined && (
        <tr id={detailId} hidden={!isOpen} data-detail>
          <td colSpan={6}>{isOpen && <ConnectionDetail cluster={name} connection={connection} />}</td>
        </tr>
      )}
    </>
  );
};

export const ClusterTable = ({ clusters }: { readonly clusters: readonly Cluster[] }): ReactNode => {
  if (clusters.length === 0) {
    return (
      <EmptyState title="No cluster yet">
        <p>
          Add a cluster, and its API server can send its audit log here. On the API server’s own machine,
          starting the hub with <code>--audit-file</code> does it too.
        </p>
      </EmptyState>
    );
  }
  return (
    <Table columns={columns}>
      <tbody>
        {clusters.map((cluster) => (
          <Row key={cluster.name} cluster={cluster} />
        ))}
      </tbody>
    </Table>
  );
};
