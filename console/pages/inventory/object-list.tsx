// The objects that the filter leaves, a page after another.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ClusterObject } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { objectListQuery } from '../../api/queries.ts';
import type { ObjectFilter } from '../../inventory/object-filter.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadMore } from '../../parts/load-more.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import styles from './page.module.css';

const Row = ({ object }: { readonly object: ClusterObject }): ReactNode => {
  const { resource, namespace, name, removedAt, lastSeenAt, facts } = object;
  const images = facts.containers?.map(({ image }) => image) ?? [];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{resource}</td>
      <td>{namespace}</td>
      <td>{facts.workload && `${facts.workload.kind} ${facts.workload.name}`}</td>
      <td>{facts.node}</td>
      <td>
        {images.map((image) => (
          <div key={image}>
            <code>{image}</code>
          </div>
        ))}
      </td>
      <td>
        {removedAt !== undefined && 'gone '}
        <RelativeTime value={removedAt ?? lastSeenAt} />
      </td>
    </tr>
  );
};

const columns = ['Name', 'Resource', 'Namespace', 'Workload', 'Node', 'Images', 'Told last'];

interface ObjectListProps {
  readonly cluster: string;
  readonly filter: ObjectFilter;
}

export const ObjectList = ({ cluster, filter }: ObjectListProps): ReactNode => {
  const query = useInfiniteQuery(objectListQuery(cluster, filter));
  if (query.isPending) return <SkeletonLines what="objects" lines={8} />;
  if (query.data === undefined) {
    return <ErrorState what="The objects" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const objects = query.data.pages.flatMap(({ items }) => items);
  const total = query.data.pages[0]?.total ?? 0;
  if (objects.length === 0) {
    return (
      <EmptyState title="No object is like this">
        <p>Names are compared as a whole. Take a filter away, or ask for those that are gone, too.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Table columns={columns}>
        <tbody className={styles['objects']}>
          {objects.map((object) => (
            <Row key={object.uid} object={object} />
          ))}
        </tbody>
      </Table>
      <LoadMore query={query}>
        <span role="status">
          {formatCount(objects.length)} of {formatCount(total)} shown
        </span>
      </LoadMore>
    </>
  );
};
