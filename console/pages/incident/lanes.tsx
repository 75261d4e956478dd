// Who went how far when: a lane for each tactic in the order of the kill chain, a bar for each alert on the axis of time.
import type { IncidentAlert, Tactic } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { whereOf } from '../../alerts/where.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { Section } from '../../parts/section.tsx';
import { AbsoluteTime } from '../../parts/time.tsx';
import styles from './lanes.module.css';

interface Axis {
  readonly startMs: number;
  readonly lengthMs: number;
}

const axisOf = (timeline: readonly IncidentAlert[]): Axis => {
  const starts = timeline.map(({ firstSeenAt }) => Date.parse(firstSeenAt));
  const ends = timeline.map(({ lastSeenAt }) => Date.parse(lastSeenAt));
  const startMs = Math.min(...starts);
  return { startMs, lengthMs: Math.max(1, Math.max(...ends) - startMs) };
};

const percent = (ms: number, { startMs, lengthMs }: Axis): number =>
  Math.round(((ms - startMs) / lengthMs) * 1000) / 10;

const Bar = ({ member, axis }: { readonly member: IncidentAlert; readonly axis: Axis }): ReactNode => {
  const { alert, firstSeenAt, lastSeenAt, counts } = member;
  const from = percent(Date.parse(firstSeenAt), axis);
  const width = percent(Date.parse(lastSeenAt), axis) - from;
  return (
    <AppLink
      href={urls.alert(alert.id)}
      className={styles['bar']}
      data-severity={alert.severity}
      data-counts={counts}
      style={{ left: `${from}%`, width: `max(0.7rem, ${width}%)` }}
      title={`${alert.title}: ${whereOf(alert.entities).thing}`}
      aria-label={alert.title}
    />
  );
};

export const Lanes = ({ timeline }: { readonly timeline: readonly IncidentAlert[] }): ReactNode => {
  if (timeline.length === 0) return null;
  const axis = axisOf(timeline);
  const lanes = Map.groupBy(timeline, ({ tactic }): Tactic | 'No tactic' => tactic ?? 'No tactic');
  return (
    <Section title="Over time">
      <ol className={styles['lanes']}>
        {[...lanes].map(([tactic, members]) => (
          <li key={tactic} className={styles['lane']}>
            <span className={styles['tactic']}>{tactic}</span>
            <div className={styles['track']}>
              {members.map((member) => (
                <Bar key={member.alert.id} member={member} axis={axis} />
              ))}
            </div>
          </li>
        ))}
      </ol>
      <div className={styles['ends']}>
        <AbsoluteTime value={new Date(axis.startMs).toISOString()} />
        <AbsoluteTime value={new Date(axis.startMs + axis.lengthMs).toISOString()} />
      </div>
    </Section>
  );
};
