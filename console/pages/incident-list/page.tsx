// The incident list: what is open, the latest first, kept up live.
import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { severities } from '@yagura/contracts';
import type { ReactNode } from 'react';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import {
  type IncidentFilter,
  type IncidentStatusChoice,
  incidentSearch,
  incidentStatusChoices,
  parseIncidentFilter,
} from '../../incidents/filter.ts';
import { incidentListQuery } from '../../incidents/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { FilterBar } from '../../parts/filter-bar.tsx';
import { LoadMore } from '../../parts/load-more.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { plural } from '../../parts/quantity.ts';
import { severityWord } from '../../parts/severity-mark.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { IncidentTable } from './incident-table.tsx';
import styles from './page.module.css';

export const load = ({ client, search }: LoadInput): void => {
  void client.prefetchInfiniteQuery(incidentListQuery(parseIncidentFilter(search)));
};

const statusWords: Record<IncidentStatusChoice, string> = {
  open: 'Open',
  closed: 'Closed',
  all: 'Open and closed',
};

interface FilterProps {
  readonly filter: IncidentFilter;
  readonly onChange: (part: Partial<IncidentFilter>) => void;
}

const IncidentFilters = ({ filter, onChange }: FilterProps): ReactNode => (
  <FilterBar label="Filter incidents" chosen={incidentSearch(filter)}>
    <Select
      label="Status"
      size="xs"
      allowDeselect={false}
      data={incidentStatusChoices.map((value) => ({ value, label: statusWords[value] }))}
      value={filter.status}
      onChange={(status) => onChange({ status: (status as IncidentStatusChoice | null) ?? 'open' })}
    />
    <Select
      label="Severity"
      size="xs"
      placeholder="Any"
      clearable
      data={severities.map((value) => ({ value, label: severityWord(value) }))}
      value={filter.severity ?? null}
      onChange={(severity) => onChange({ severity: (severity as IncidentFilter['severity']) ?? undefined })}
    />
  </FilterBar>
);

const NoIncidents = (): ReactNode => (
  <EmptyState title="No incidents">
    <p>
      An incident begins when two different rules fire within an hour for the same pod, workload, identity,
      address or image. A lone alert is none: it is in the list of alerts.
    </p>
  </EmptyState>
);

const List = ({ filter }: { readonly filter: IncidentFilter }): ReactNode => {
  const query = useInfiniteQuery(incidentListQuery(filter));
  if (query.isPending) return <SkeletonLines what="incidents" lines={8} />;
  if (query.data === undefined) {
    return <ErrorState what="The incidents" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const incidents = query.data.pages.flatMap(({ items }) => items);
  if (incidents.length === 0) return <NoIncidents />;
  return (
    <>
      <IncidentTable incidents={incidents} isStale={query.isPlaceholderData} />
      {query.hasNextPage && <LoadMore query={query} />}
    </>
  );
};

export const View = (): ReactNode => {
  const filter = parseIncidentFilter(useLocation().search);
  const router = useRouter();
  const { data } = useInfiniteQuery(incidentListQuery(filter));
  const total = data?.pages[0]?.total;
  const noun = filter.status === 'all' ? 'incident' : `${filter.status} incident`;
  return (
    <>
      <PageTitle
        title="Incidents"
        below={
          <p role="status" className={styles['total']}>
            {total === undefined ? '\u00a0' : plural(total, noun)}
          </p>
        }
      />
      <div className={styles['card']}>
        <IncidentFilters
          filter={filter}
          onChange={(part) =>
            void router.navigate({ href: urls.incidents({ ...filter, ...part }), resetScroll: false })
          }
        />
        <List filter={filter} />
      </div>
    </>
  );
};
