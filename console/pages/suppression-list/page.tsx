// Suppressions: which alerts are kept from view, by whom, why and until when.
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type SuppressionMatch, suppressionFields } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { suppressionsQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { AddSuppression } from './add-suppression.tsx';
import { SuppressionTable } from './suppression-table.tsx';

export const load = ({ client }: LoadInput): void => {
  void client.prefetchQuery(suppressionsQuery);
};

/** What an address such as that of "Suppress like this" asks for. */
const matchIn = (search: Readonly<Record<string, unknown>>): SuppressionMatch =>
  Object.fromEntries(
    suppressionFields.flatMap((field) => {
      const value = search[field];
      return typeof value === 'string' && value !== '' ? [[field, value]] : [];
    }),
  );

const List = (): ReactNode => {
  const query = useQuery(suppressionsQuery);
  if (query.isPending) return <SkeletonLines what="suppressions" lines={4} />;
  if (query.data === undefined) {
    return <ErrorState what="The suppressions" error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <SuppressionTable suppressions={query.data.items} />;
};

export const View = (): ReactNode => {
  const match = matchIn(useLocation().search as Record<string, unknown>);
  return (
    <>
      <PageTitle
        title="Suppressions"
        below={<AppLink href={urls.alerts({ suppressed: 'true', status: 'all' })}>Suppressed alerts</AppLink>}
        actions={<AddSuppression match={match} />}
      />
      <Section title="Kept from view" isFlush>
        <List />
      </Section>
    </>
  );
};
