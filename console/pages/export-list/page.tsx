// Destinations of alerts: how they are, and what can be done with them.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { destinationsQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { AddDestination } from './add-destination.tsx';
import { DestinationTable } from './destination-table.tsx';

export const load = ({ client }: LoadInput): void => {
  void client.prefetchQuery(destinationsQuery);
};

const List = (): ReactNode => {
  const query = useQuery(destinationsQuery);
  if (query.isPending) return <SkeletonLines what="destinations" lines={3} />;
  if (query.data === undefined) {
    return <ErrorState what="The destinations" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <DestinationTable destinations={query.data.items} />;
};

export const View = (): ReactNode => (
  <>
    <PageTitle title="Exports" actions={<AddDestination />} />
    <Section title="Destinations" isFlush>
      <List />
    </Section>
  </>
);
