// One incident: what happened along the kill chain, what ties it together, why it has its score, what people say.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Incident } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { incidentQuery } from '../../incidents/queries.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { Comments } from './comments.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { KillChain } from './kill-chain.tsx';
import { Lanes } from './lanes.tsx';
import styles from './page.module.css';
import { SharedEntities } from './shared-entities.tsx';

export const load = ({ client, params }: LoadInput): void => {
  void client.prefetchQuery(incidentQuery(params['id'] ?? ''));
};

const statusWord = ({ status, closeReason }: Incident): string => {
  if (status === 'open') return 'Open';
  return status === 'merged' ? 'Merged' : `Closed: ${closeReason ?? 'no reason'}`;
};

const Merged = ({ into }: { readonly into: string }): ReactNode => (
  <p className={styles['merged']}>
    An alert belonged to this incident and to an older one. All that was here is now in{' '}
    <AppLink href={urls.incident(into)}>incident {into}</AppLink>.
  </p>
);

export const View = (): ReactNode => {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useQuery(incidentQuery(id));
  if (query.isPending) return <SkeletonLines what="the incident" lines={12} />;
  if (query.data === undefined) {
    return <ErrorState what="The incident" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const incident = query.data;
  return (
    <article>
      <PageTitle
        title={incident.title}
        above={
          <div className={styles['above']}>
            <AppLink href={urls.incidents()}>Incidents</AppLink>
            <span aria-hidden="true">/</span>
            <SeverityMark severity={incident.severity} />
            <span className={styles['status']}>{statusWord(incident)}</span>
          </div>
        }
        actions={<IncidentActions incident={incident} />}
      />
      {incident.mergedInto && <Merged into={incident.mergedInto} />}
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <Lanes timeline={incident.timeline} />
          <KillChain timeline={incident.timeline} />
          <SharedEntities entities={incident.entities} />
          <Comments incident={incident} />
        </div>
        <div className={styles['side']}>
          <IncidentFacts incident={incident} />
        </div>
      </div>
    </article>
  );
};
