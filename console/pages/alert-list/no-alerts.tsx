// An empty list, and what to do about it.
import type { ReactNode } from 'react';
import { type AlertFilter, isNarrowed } from '../../alerts/filter.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { EmptyState } from '../../parts/empty-state.tsx';

const NothingOpen = (): ReactNode => (
  <EmptyState
    title="No open alerts"
    actions={<AppLink href={urls.alerts({ status: 'closed' })}>Show closed alerts</AppLink>}
  >
    <p>
      Alerts appear here by themselves. To see one now, run <code>yagura simulate</code> on a node with a
      sensor: it makes harmless attacks in a container of its own.
    </p>
    <p>
      Nothing arrives? <AppLink href={urls.fleet()}>Nodes and clusters</AppLink> tells who is connected and
      what was lost; <code>yagura doctor</code> tells what this machine can do.
    </p>
  </EmptyState>
);

export const NoAlerts = ({ filter }: { readonly filter: AlertFilter }): ReactNode => {
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        title="No alert matches the filter"
        actions={<AppLink href={urls.alerts({ status: filter.status })}>Clear filters</AppLink>}
      >
        <p>Widen the time range, or take a filter away.</p>
      </EmptyState>
    );
  }
  if (filter.status === 'open') return <NothingOpen />;
  return (
    <EmptyState title="Nothing here yet">
      <p>Alerts that somebody closed are kept here, with their reason.</p>
    </EmptyState>
  );
};
