// One rule: what it looks for, why, what to do, and its text.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type HubRule, providerNames, ruleReach } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { ruleCasesQuery, ruleQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import type { LoadInput } from '../../app/page.tsx';
import { newRuleFile, urls } from '../../app/urls.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Fold } from '../../parts/fold.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { plural } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import { classificationFacts } from '../../rules/classification.tsx';
import { costText, originWords, stateWords } from '../../rules/cost-text.ts';
import { Guidance } from '../../rules/guidance.tsx';
import { sourceWords } from '../../rules/source-words.ts';
import { Cases } from './cases.tsx';
import styles from './page.module.css';
import { SwitchRule } from './switch-rule.tsx';

export const load = ({ client, params }: LoadInput): void => {
  void client.prefetchQuery(ruleQuery(params['id'] ?? ''));
  void client.prefetchQuery(ruleCasesQuery(params['id'] ?? ''));
};

/** Nothing where the rule works on every log as it is delivered. */
function reachFact(rule: HubRule): readonly Fact[] {
  const reaches = providerNames.map(([provider, name]) => `${name}: ${ruleReach(rule, provider)}`);
  const isWhole = providerNames.every(([provider]) => ruleReach(rule, provider) === 'yes');
  return isWhole ? [] : [['Audit logs', reaches.join(' · ')]];
}

const About = ({ rule }: { readonly rule: HubRule }): ReactNode => (
  <Section title="About">
    <Facts
      facts={[
        ['Id', <code key="id">{rule.id}</code>],
        ['State', stateWords(rule)],
        ['Kind', rule.type ?? 'match'],
        ['Looks at', sourceWords[rule.source]],
        ...classificationFacts(rule),
        ...reachFact(rule),
        ['From', originWords[rule.origin]],
        [
          'File',
          rule.ruleFile === undefined ? (
            <code key="file">{rule.file}</code>
          ) : (
            <AppLink key="file" href={urls.ruleFile(rule.ruleFile)}>
              {rule.ruleFile}
            </AppLink>
          ),
        ],
        ['Version', <code key="version">{rule.version}</code>],
      ]}
    />
  </Section>
);

const number = (count: number): string => count.toLocaleString('en');

const Cost = ({ rule: { cost, type } }: { readonly rule: HubRule }): ReactNode => (
  <Section title="Cost">
    <Facts
      facts={[
        ['Events seen', number(cost.seen)],
        ['Matched', number(cost.matched)],
        ['Time', costText(cost)],
        ['Unreadable events', cost.faults > 0 && number(cost.faults)],
        ['Remembers', type !== 'match' && type !== undefined && plural(cost.keys, 'key')],
        ['Forgot for want of room', cost.evictions > 0 && number(cost.evictions)],
        ['Came too late', cost.late > 0 && number(cost.late)],
      ]}
    />
  </Section>
);

/** What is not as the rule's text would have it. */
const Notes = ({ rule }: { readonly rule: HubRule }): ReactNode => (
  <>
    {rule.stale && (
      <Section title="Stale">
        <p>The text is broken now; the version before still runs.</p>
        <CodeBlock label="What is broken" text={rule.stale} />
      </Section>
    )}
    {rule.notice && (
      <Section title="What it cannot see">
        <p>{rule.notice}</p>
      </Section>
    )}
    {rule.switch && (
      <Section title={rule.switch.enabled ? 'Turned on' : 'Turned off'}>
        <p>{rule.switch.reason}</p>
        <p>
          {rule.switch.by}, <RelativeTime value={rule.switch.at} />
        </p>
      </Section>
    )}
    {rule.overrides && <p>Stands in for the rule of this id that was loaded before it.</p>}
  </>
);

const Body = ({ rule }: { readonly rule: HubRule }): ReactNode => (
  <div className={styles['columns']}>
    <div className={styles['main']}>
      <Notes rule={rule} />
      <Section title="Condition">
        <CodeBlock label="Condition" text={rule.condition.trim()} />
      </Section>
      <Guidance snapshot={rule} />
      <Cases rule={rule} />
      <Section title="Text">
        <Fold title="Whole rule text">
          <CodeBlock label="Rule text" text={rule.text} />
        </Fold>
      </Section>
    </div>
    <div className={styles['main']}>
      <About rule={rule} />
      <Cost rule={rule} />
    </div>
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
        actions={
          <>
            <AppLink href={urls.alerts({ rule: rule.id, status: 'all' })}>Alerts of this rule</AppLink>
            {rule.ruleFile === undefined ? (
              <AppLink href={urls.ruleFile(newRuleFile, rule.id)}>Override</AppLink>
            ) : (
              <AppLink href={urls.ruleFile(rule.ruleFile)}>Edit and history</AppLink>
            )}
            <SwitchRule rule={rule} />
          </>
        }
      />
      <Body rule={rule} />
    </article>
  );
};
