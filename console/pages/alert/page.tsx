// One alert: what happened, the evidence, why it matters, what to do, and closing it.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Alert } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { alertQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Fold } from '../../parts/fold.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { Guidance } from '../../rules/guidance.tsx';
import { AlertActions } from './alert-actions.tsx';
import { AlertFacts } from './alert-facts.tsx';
import { AuditRequest } from './audit-request.tsx';
import { readEvent } from './event-shape.ts';
import { EvidenceTable } from './evidence-table.tsx';
import { matchLike } from './match-like.ts';
import styles from './page.module.css';
import { ProcessTree } from './process-tree.tsx';

export const load = ({ client, params }: LoadInput): void => {
  void client.prefetchQuery(alertQuery(params['id'] ?? ''));
};

const Event = ({ event }: { readonly event: unknown }): ReactNode => {
  const read = readEvent(event);
  switch (read.kind) {
    case 'process':
      return <ProcessTree event={read.event} />;
    case 'audit':
      return <AuditRequest event={read.event} />;
    case 'unknown':
      return null;
  }
};

const Rule = ({ alert }: { readonly alert: Alert }): ReactNode => (
  <Section title="Rule" aside={<AppLink href={urls.rule(alert.rule)}>{alert.rule}</AppLink>}>
    <CodeBlock label="Condition" text={alert.ruleSnapshot.condition.trim()} />
    <p className={styles['version']}>
      The rule as it stood when it fired, version <code>{alert.ruleVersion}</code>
    </p>
    <Fold title="Whole rule text">
      <CodeBlock label="Rule text" text={alert.ruleSnapshot.text} />
    </Fold>
  </Section>
);

const Body = ({ alert }: { readonly alert: Alert }): ReactNode => (
  <div className={styles['columns']}>
    <div className={styles['wide']}>
      <Section title="What happened">
        <p className={styles['message']}>{alert.message}</p>
      </Section>
    </div>
    <div className={styles['main']}>
      <Event event={alert.event} />
      <EvidenceTable evidence={alert.evidence} />
      <Guidance snapshot={alert.ruleSnapshot} />
      <Rule alert={alert} />
      <Section title="Event">
        <Fold title="First event that fired the rule, as JSON">
          <CodeBlock label="Event" text={JSON.stringify(alert.event, null, 2) ?? ''} />
        </Fold>
      </Section>
    </div>
    <div className={styles['side']}>
      <AlertFacts alert={alert} />
    </div>
  </div>
);

export const View = (): ReactNode => {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useQuery(alertQuery(id));
  if (query.isPending) return <SkeletonLines what="the alert" lines={12} />;
  if (query.data === undefined) {
    return <ErrorState what="The alert" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const alert = query.data;
  return (
    <article>
      <PageTitle
        title={alert.title}
        above={
          <div className={styles['above']}>
            <AppLink href={urls.alerts()}>Alerts</AppLink>
            <span aria-hidden="true">/</span>
            <SeverityMark severity={alert.severity} />
            <span className={styles['status']} data-status={alert.status}>
              {alert.suppressedBy !== undefined && 'Suppressed, '}
              {alert.status === 'open' ? 'Open' : `Closed: ${alert.closeReason ?? 'no reason'}`}
            </span>
          </div>
        }
        actions={
          <>
            <AppLink href={urls.suppressions(matchLike(alert))}>Suppress like this</AppLink>
            <AlertActions alert={alert} />
          </>
        }
      />
      <Body alert={alert} />
    </article>
  );
};
