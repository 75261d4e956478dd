// Nodes and clusters: who is connected, since when, and what was lost on the way.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { clustersQuery, nodesQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { AddCluster } from './add-cluster.tsx';
import { ClusterTable } from './cluster-table.tsx';
import { NodeTable } from './node-table.tsx';
import styles from './page.module.css';

export const load = ({ client }: LoadInput): void => {
  void client.prefetchQuery(nodesQuery);
  void client.prefetchQuery(clustersQuery);
};

const Nodes = (): ReactNode => {
  const query = useQuery(nodesQuery);
  if (query.isPending) return <SkeletonLines what="nodes" lines={4} />;
  if (query.data === undefined) {
    return <ErrorState what="The nodes" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <NodeTable nodes={query.data.items} />;
};

const Clusters = (): ReactNode => {
  const query = useQuery(clustersQuery);
  if (query.isPending) return <SkeletonLines what="clusters" lines={3} />;
  if (query.data === undefined) {
    return <ErrorState what="The clusters" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <ClusterTable clusters={query.data.items} />;
};

export const View = (): ReactNode => (
  <>
    <PageTitle title="Nodes and clusters" />
    <div className={styles['sections']}>
      <Section title="Nodes" isFlush>
        <Nodes />
      </Section>
      <Section title="Clusters" isFlush aside={<AddCluster />}>
        <Clusters />
      </Section>
    </div>
  </>
);
