// How the hub is, in the header: one word, and the conditions behind it.
import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { HubStatus as Status } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { statusQuery } from '../api/queries.ts';
import { Facts } from '../parts/facts.tsx';
import { formatBytes, formatCount, formatDuration } from '../parts/quantity.ts';
import { StateDot, type Tone } from '../parts/state-dot.tsx';
import { RelativeTime } from '../parts/time.tsx';
import styles from './hub-status.module.css';

interface Verdict {
  readonly tone: Tone;
  readonly word: string;
}

const verdictOf = (status: Status | undefined, isAway: boolean): Verdict => {
  if (isAway) return { tone: 'bad', word: 'unreachable' };
  if (status === undefined) return { tone: 'idle', word: 'asking…' };
  const failing = status.conditions.filter((condition) => !condition.healthy).length;
  if (failing === 0) return { tone: 'good', word: 'healthy' };
  return { tone: 'bad', word: failing === 1 ? '1 problem' : `${failing} problems` };
};

const Conditions = ({ status }: { readonly status: Status }): ReactNode => (
  <ul className={styles['conditions']}>
    {status.conditions.map((condition) => (
      <li key={condition.name}>
        <StateDot tone={condition.healthy ? 'good' : 'bad'} />
        <span>
          {condition.name}: {condition.healthy ? 'healthy' : 'failing'}{' '}
          <span className={styles['since']}>
            since <RelativeTime value={condition.since} />
          </span>
          {condition.message && <span className={styles['message']}>{condition.message}</span>}
        </span>
      </li>
    ))}
  </ul>
);

const Figures = ({ status }: { readonly status: Status }): ReactNode => {
  const { eventLog, pipeline } = status;
  return (
    <Facts
      facts={[
        ['Behind by', formatDuration(pipeline.lagMs)],
        ['Events analysed', formatCount(pipeline.eventsTotal)],
        ['Waiting', `${formatCount(eventLog.pendingEvents)} events`],
        ['Event log', `${formatBytes(eventLog.bytes)} of ${formatBytes(eventLog.limitBytes)}`],
        ['Dropped', eventLog.dropped === 0 ? 'none' : `${formatCount(eventLog.dropped)} events`],
        ['Workspace', <code key="workspace">{status.workspace}</code>],
        ['Started', <RelativeTime key="started" value={status.startedAt} />],
        ['Version', status.version],
      ]}
    />
  );
};

export const HubStatus = (): ReactNode => {
  const { data: status, isError, error } = useQuery(statusQuery);
  const { tone, word } = verdictOf(status, isError);
  return (
    <Popover position="bottom-end" width={360}>
      <Popover.Target>
        <button type="button" className={styles['trigger']}>
          <StateDot tone={tone} /> Hub <span className={styles['word']}>{word}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {isError && <p className={styles['message']}>{error.message}</p>}
        {status && <Conditions status={status} />}
        {status && <Figures status={status} />}
      </Popover.Dropdown>
    </Popover>
  );
};
