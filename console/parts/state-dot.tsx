// A coloured dot beside a word that says the same.
import type { ReactNode } from 'react';
import styles from './state-dot.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'idle';

export const StateDot = ({ tone }: { readonly tone: Tone }): ReactNode => (
  <span className={styles['dot']} data-tone={tone} aria-hidden="true" />
);
