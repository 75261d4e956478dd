// A score from 0 to 100, as a number and as a bar.
import type { ReactNode } from 'react';
import styles from './score-mark.module.css';

/** The bar's colour says how bad it is: the lower, the better. */
const good = { low: 34, high: 67, optimum: 0 } as const;

export const ScoreMark = ({ score }: { readonly score: number }): ReactNode => (
  <span className={styles['score']}>
    <span className={styles['number']}>{score}</span>
    <meter
      {...good}
      className={styles['bar']}
      min={0}
      max={100}
      value={score}
      aria-label={`Score ${score} of 100`}
    />
  </span>
);
