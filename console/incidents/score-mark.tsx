// A score from 0 to 100, as a number and as a bar.
import type { ReactNode } from 'react';
import styles from './score-mark.module.css';

export const ScoreMark = ({ score }: { readonly score: number }): ReactNode => (
  <span className={styles['score']}>
    <span className={styles['number']}>{score}</span>
    <meter className={styles['bar']} min={0} max={100} value={score} aria-label={`Score ${score} of 100`} />
  </span>
);
