// One rule: what it looks for, why, what to do, and its text.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { RuleInfo } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { ruleQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Fold } from '../../parts/fold.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Section } from '../../parts/section.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { classificationFacts } from '../../rules/classification.tsx';
import { Guidance } from '../../rules/guidance.tsx';
import { sourceWords } from '../../rules/source-words.ts';
import styles from './page.module.css';

export const load = ({ client, params }: LoadInput): void => {
  void client.prefetchQuery(ruleQuery(params['id'] ?? ''));
};

const About = ({ rule }: { readonly rule: RuleInfo }): ReactNode => (
  <Section title="About">
    <Facts
      facts={[
        ['Id', <code key="id">{rule.id}</code>],
        ['State', rule.enabled ? 'on' : 'off'],
        ['Looks at', sourceWords[rule.source]],
        ...classificationFacts(rule),
        ['File', <code key="file">{rule.file}</code>],
        ['Version', <code key="version">{rule.version}</code>],
      ]}
    />
  </Section>
);

const Body = ({ rule }: { readonly rule: RuleInfo }): ReactNode => (
  <div className={styles['columns']}>
    <div className={styles['main']}>
      <Section title="Condition">
        <CodeBlock label="Condition" text={rule.condition.trim()} />
      </Section>
      <Guidance snapshot={rule} />
      <Section title="Text">
        <Fold title="Whole rule text">
          <CodeBlock label="Rule text" text={rule.text} />
        </Fold>
      </Section>
    </div>
    <About rule={rule} />
  </div>
);

export const View = (): ReactNode => {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useQuery(ruleQuery(id));
  if (query.isPending) return <SkeletonLines what="the rule" lines={10} />;
  if (query.data === undefined) {
    return <ErrorState what="The rule" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rule = query.data;
  return (
    <article>
      <PageTitle
        title={rule.title}
        above={
          <div className={styles['above']}>
            <AppLink href={urls.rules()}>Rules</AppLink>
            <span aria-hidden="true">/</span>
            <SeverityMark severity={rule.severity} />
          </div>
        }
        actions={<AppLink href={urls.alerts({ rule: rule.id, status: 'all' })}>Alerts of this rule</AppLink>}
      />
      <Body rule={rule} />
    </article>
  );
};
