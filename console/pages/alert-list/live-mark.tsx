// Says whether the list is live, and tells a screen reader what has just arrived.
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLiveAlerts } from '../../alerts/use-live-alerts.tsx';
import type { StreamState } from '../../api/alert-stream.ts';
import { StateDot, type Tone } from '../../parts/state-dot.tsx';
import styles from './live-mark.module.css';

const words: Record<StreamState, readonly [Tone, string]> = {
  connecting: ['idle', 'Connecting…'],
  live: ['good', 'Live'],
  lost: ['warn', 'Reconnecting…'],
};

export const LiveMark = (): ReactNode => {
  const { state, latest } = useLiveAlerts();
  const [tone, word] = words[state];
  return (
    <>
      <span className={styles['mark']} title="New alerts appear by themselves">
        <StateDot tone={tone} /> {word}
      </span>
      <VisuallyHidden aria-live="polite">
        {latest && `New alert, ${latest.severity}: ${latest.title}`}
      </VisuallyHidden>
    </>
  );
};
