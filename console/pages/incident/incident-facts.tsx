// The score in its parts, when it was, who takes care, how it was closed.
import type { Incident, ScorePart } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { ScoreMark } from '../../incidents/score-mark.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Section } from '../../parts/section.tsx';
import { AbsoluteTime, RelativeTime } from '../../parts/time.tsx';
import styles from './kill-chain.module.css';

const partWords: Record<ScorePart['name'], string> = {
  tactics: 'Tactics',
  severity: 'Severity',
  sources: 'Sources',
};

const Score = ({ incident }: { readonly incident: Incident }): ReactNode => (
  <Section title="Score" aside={<ScoreMark score={incident.score} />}>
    <Facts
      facts={incident.scoreParts.map(({ name, points, limit, why }) => [
        partWords[name],
        <span key={name}>
          {points} of {limit}
          <div className={styles['detail']}>{why}</div>
        </span>,
      ])}
    />
    <p className={styles['detail']}>Distinct tactics count, repeats do not.</p>
  </Section>
);

export const IncidentFacts = ({ incident }: { readonly incident: Incident }): ReactNode => (
  <>
    {incident.status === 'closed' && (
      <Section title="Closed">
        <Facts
          facts={[
            ['Reason', incident.closeReason],
            ['By', incident.closedBy],
            ['At', incident.closedAt && <AbsoluteTime value={incident.closedAt} />],
            ['Comment', incident.closeComment],
          ]}
        />
      </Section>
    )}
    <Score incident={incident} />
    <Section title="Seen">
      <Facts
        facts={[
          ['First', <AbsoluteTime key="first" value={incident.firstSeenAt} />],
          ['Last', <RelativeTime key="last" value={incident.lastSeenAt} />],
          ['Owner', incident.owner ?? 'nobody'],
          [
            'Took in',
            incident.merged.length > 0 &&
              incident.merged.map((id) => (
                <div key={id}>
                  <AppLink href={urls.incident(id)}>{id}</AppLink>
                </div>
              )),
          ],
        ]}
      />
    </Section>
  </>
);
