// When, how often, about what: each entity leads to its other alerts.
import type { Alert, Entities } from '@yagura/contracts';
import type { ReactNode } from 'react';
import type { AlertFilter } from '../../alerts/filter.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';
import { AbsoluteTime, RelativeTime } from '../../parts/time.tsx';
import { classificationFacts } from '../../rules/classification.tsx';
import styles from './alert-facts.module.css';
import { AlertIncidents } from './alert-incidents.tsx';

const words: readonly (readonly [keyof Entities, string])[] = [
  ['cluster', 'Cluster'],
  ['node', 'Node'],
  ['namespace', 'Namespace'],
  ['pod', 'Pod'],
  ['workload', 'Workload'],
  ['container', 'Container'],
  ['image', 'Image'],
  ['process', 'Process'],
  ['user', 'User'],
  ['sourceAddress', 'Source address'],
  ['callerPod', 'Calling pod'],
  ['resource', 'Resource'],
];

const filterOf = (name: keyof Entities, value: string): Partial<AlertFilter> | undefined =>
  name === 'cluster' || name === 'node' || name === 'namespace'
    ? { [name]: value, status: 'all' }
    : undefined;

const entityFact = ([name, word]: (typeof words)[number], entities: Entities): Fact => {
  const value = entities[name];
  if (value === undefined) return [word, undefined];
  const filter = filterOf(name, value);
  return filter
    ? [
        word,
        <AppLink key={name} href={urls.alerts(filter)} title={`All alerts of this ${name}`}>
          {value}
        </AppLink>,
      ]
    : [word, value];
};

const Moment = ({ value }: { readonly value: string }): ReactNode => (
  <>
    <RelativeTime value={value} />
    <span className={styles['exact']}>
      <AbsoluteTime value={value} />
    </span>
  </>
);

const Closing = ({ alert }: { readonly alert: Alert }): ReactNode => (
  <Section title="Closed">
    <Facts
      facts={[
        ['Reason', alert.closeReason],
        ['By', alert.closedBy],
        ['At', alert.closedAt && <AbsoluteTime value={alert.closedAt} />],
        ['Comment', alert.closeComment],
      ]}
    />
  </Section>
);

export const AlertFacts = ({ alert }: { readonly alert: Alert }): ReactNode => (
  <>
    {alert.status === 'closed' && <Closing alert={alert} />}
    <Section title="Seen">
      <Facts
        facts={[
          ['Count', `${formatCount(alert.count)} ${alert.count === 1 ? 'event' : 'events'}`],
          ['First', <Moment key="first" value={alert.firstSeenAt} />],
          ['Last', <Moment key="last" value={alert.lastSeenAt} />],
        ]}
      />
    </Section>
    <AlertIncidents id={alert.id} />
    <Section title="Concerns">
      <Facts facts={words.map((word) => entityFact(word, alert.entities))} />
    </Section>
    <Section title="Classification">
      <Facts facts={classificationFacts({ ...alert, similarTo: alert.ruleSnapshot.similarTo })} />
    </Section>
  </>
);
