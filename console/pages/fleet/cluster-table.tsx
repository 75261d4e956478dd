// Clusters whose audit log or nodes report here.
import type { Cluster } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ChevronIcon } from '../../parts/icons.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { ConnectionDetail, ConnectionState } from './connection.tsx';
import { LastContact } from './last-contact.tsx';
import { Losses } from './losses.tsx';
import styles from './node-table.module.css';

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
          </AppLink>{' '}
          <AppLink href={urls.inventory(name)} aria-label={`What ${name} consists of`}>
            objects
          </AppLink>
        </th>
        <td className={styles['name']}>
          <ConnectionState connection={connection} />
          {connection !== undefined && (
            <button
              type="button"
              aria-label={`Connection of ${name}`}
              aria-expanded={isOpen}
              aria-controls={detailId}
              onClick={() => setIsOpen(!isOpen)}
            >
              <ChevronIcon />
            </button>
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
        <tr id={detailId} hidden={!isOpen} className={styles['detail']}>
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
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Cluster</th>
          <th scope="col">Connection</th>
          <th scope="col" className="number">
            Nodes
          </th>
          <th scope="col">Last audit event</th>
          <th scope="col" className="number">
            Audit events
          </th>
          <th scope="col">Losses</th>
        </tr>
      </thead>
      <tbody>
        {clusters.map((cluster) => (
          <Row key={cluster.name} cluster={cluster} />
        ))}
      </tbody>
    </table>
  );
};
