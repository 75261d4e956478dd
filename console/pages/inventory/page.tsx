// What a cluster consists of: how much of each resource and whether that is all, and the objects by filter.
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { inventoryQuery, objectListQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { type ObjectFilter, parseObjectFilter } from '../../inventory/object-filter.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { ObjectFilters } from './object-filters.tsx';
import { ObjectList } from './object-list.tsx';
import styles from './page.module.css';
import { ResourceTable } from './resource-table.tsx';

export const load = ({ client, params, search }: LoadInput): void => {
  const name = params['name'] ?? '';
  void client.prefetchQuery(inventoryQuery(name));
  void client.prefetchInfiniteQuery(objectListQuery(name, parseObjectFilter(search)));
};

const Resources = ({ cluster }: { readonly cluster: string }): ReactNode => {
  const query = useQuery(inventoryQuery(cluster));
  if (query.isPending) return <SkeletonLines what="resources" lines={6} />;
  if (query.data === undefined) {
    return <ErrorState what="The inventory" error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data.items.length > 0) return <ResourceTable cluster={cluster} resources={query.data.items} />;
  return (
    <EmptyState title="No inventory yet">
      <p>
        The chart’s <code>inventory</code> tells it. Where it runs, the component <code>inventory</code> of
        its node says what is wrong.
      </p>
    </EmptyState>
  );
};

export const View = (): ReactNode => {
  const { name = '' } = useParams({ strict: false });
  const filter = parseObjectFilter(useLocation().search);
  const router = useRouter();
  const change = (part: ObjectFilter): void => {
    const href = urls.inventory(name, { ...filter, ...part });
    void router.navigate({ href, replace: true, resetScroll: false });
  };
  return (
    <>
      <PageTitle title={`What ${name} consists of`} />
      <div className={styles['sections']}>
        <Section title="Resources" isFlush>
          <Resources cluster={name} />
        </Section>
        <Section title="Objects" isFlush>
          <ObjectFilters cluster={name} filter={filter} onChange={change} />
          <ObjectList cluster={name} filter={filter} />
        </Section>
      </div>
    </>
  );
};
