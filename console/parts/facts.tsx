// Names and values, one a line.
import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** A fact without a value is left out. */
export type Fact = readonly [name: string, value: ReactNode];

const isKnown = ([, value]: Fact): boolean =>
  value !== undefined && value !== null && value !== '' && value !== false;

export const Facts = ({ facts }: { readonly facts: readonly Fact[] }): ReactNode => (
  <dl className={styles['facts']}>
    {facts.filter(isKnown).map(([name, value]) => (
      <div key={name} className={styles['fact']}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
