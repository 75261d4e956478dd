// Where a rule or an alert stands in ATT&CK, and which Defender alerts are like it.
import type { ReactNode } from 'react';
import type { Fact } from '../parts/facts.tsx';
import { TechniqueLink } from '../parts/technique-link.tsx';
import styles from './classification.module.css';

interface Classified {
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly similarTo?: readonly string[] | undefined;
}

const lines = (items: readonly ReactNode[], keys: readonly string[]): ReactNode =>
  items.length > 0 && (
    <ul className={styles['lines']}>
      {items.map((item, index) => (
        <li key={keys[index]}>{item}</li>
      ))}
    </ul>
  );

/** `persistence` and `privilege-escalation` as people write them. */
const tacticWords = (tactic: string): string => {
  const words = tactic.replace(/^mitre[_-]/, '').replace(/[_-]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

export const classificationFacts = ({ tactics, techniques, similarTo = [] }: Classified): readonly Fact[] => [
  ['Tactic', lines(tactics.map(tacticWords), tactics)],
  [
    'Technique',
    lines(
      techniques.map((id) => <TechniqueLink key={id} id={id} />),
      techniques,
    ),
  ],
  ['Like Defender’s', lines(similarTo, similarTo)],
];
