// The alert list: what is open, the latest first, filtered by the address and kept up live.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type AlertFilter, isNarrowed, parseFilter } from '../../alerts/filter.ts';
import { loadedAlerts } from '../../alerts/live-insert.ts';
import { alertCountsQuery, alertListQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadMore } from '../../parts/load-more.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { formatCount, plural } from '../../parts/quantity.ts';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { AlertFilters } from './alert-filters.tsx';
import { AlertTable } from './alert-table.tsx';
import { LiveMark } from './live-mark.tsx';
import { NoAlerts } from './no-alerts.tsx';
import styles from './page.module.css';
import { SeverityCounts } from './severity-counts.tsx';
import { useTotal } from './use-total.ts';

export const load = ({ client, search }: LoadInput): void => {
  const filter = parseFilter(search);
  void client.prefetchInfiniteQuery(alertListQuery(filter));
  void client.prefetchQuery(alertCountsQuery(filter));
};

interface ListProps {
  readonly filter: AlertFilter;
  readonly total: number | undefined;
}

const List = ({ filter, total }: ListProps): ReactNode => {
  const query = useInfiniteQuery({ ...alertListQuery(filter), select: loadedAlerts });
  if (query.isPending) return <SkeletonLines what="alerts" lines={10} />;
  if (query.isError && query.data === undefined) {
    return <ErrorState what="The alerts" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const alerts = query.data;
  if (alerts.length === 0) return <NoAlerts filter={filter} />;
  return (
    <>
      <AlertTable alerts={alerts} isStale={query.isPlaceholderData} />
      <LoadMore query={query}>
        <span>
          {formatCount(alerts.length)} of {formatCount(Math.max(alerts.length, total ?? 0))} shown
        </span>
      </LoadMore>
    </>
  );
};

export const View = (): ReactNode => {
  const filter = parseFilter(useLocation().search);
  const router = useRouter();
  const total = useTotal(filter);
  const change = (part: Partial<AlertFilter>): void => {
    void router.navigate({ href: urls.alerts({ ...filter, ...part }), resetScroll: false });
  };
  const noun = filter.status === 'all' ? 'alert' : `${filter.status} alert`;
  const scope = isNarrowed(filter) ? ' that match the filter' : '';
  return (
    <>
      <PageTitle
        title="Alerts"
        below={
          <p role="status" className={styles['total']}>
            {total === undefined ? '\u00a0' : `${plural(total, noun)}${scope}`}
          </p>
        }
        actions={<LiveMark />}
      />
      <SeverityCounts filter={filter} onChange={change} />
      <div className={styles['card']}>
        <AlertFilters filter={filter} onChange={change} />
        <List filter={filter} total={total} />
      </div>
    </>
  );
};
