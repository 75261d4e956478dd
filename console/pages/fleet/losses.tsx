// The loss counters of a node or a cluster, each a sentence.
import type { LossCounter } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { lossText, realLosses } from './loss-text.ts';
import styles from './losses.module.css';

export const Losses = ({ losses }: { readonly losses: readonly LossCounter[] }): ReactNode => {
  const real = realLosses(losses);
  if (real.length === 0) return <span className={styles['none']}>none lost</span>;
  return (
    <ul className={styles['losses']}>
      {real.map((loss) => (
        <li key={`${loss.stage} ${loss.kind} ${loss.reason} ${loss.since}`}>{lossText(loss)}</li>
      ))}
    </ul>
  );
};
