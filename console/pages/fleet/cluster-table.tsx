// Clusters whose audit log or nodes report here.
import type { Cluster } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { LastContact } from './last-contact.tsx';
import { Losses } from './losses.tsx';

const Row = ({ cluster }: { readonly cluster: Cluster }): ReactNode => (
  <tr>
    <th scope="row">
      <AppLink
        href={urls.alerts({ cluster: cluster.name, status: 'all' })}
        title="All alerts of this cluster"
      >
        {cluster.name}
      </AppLink>
    </th>
    <td>{cluster.provider}</td>
    <td className="number">{formatCount(cluster.nodes)}</td>
    <td>
      <LastContact at={cluster.auditLastEventAt} never="no audit event yet" />
    </td>
    <td className="number">{formatCount(cluster.auditEventsTotal)}</td>
    <td>
      <Losses losses={cluster.losses} />
    </td>
  </tr>
);

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
    <table>
      <thead>
        <tr>
          <th scope="col">Cluster</th>
          <th scope="col">Provider</th>
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
