// Long text behind its title, opened when wanted.
import type { ReactNode } from 'react';
import styles from './fold.module.css';
import { ChevronIcon } from './icons.tsx';

interface FoldProps {
  readonly title: string;
  readonly children: ReactNode;
}

export const Fold = ({ title, children }: FoldProps): ReactNode => (
  <details className={styles['fold']}>
    <summary>
      <ChevronIcon /> {title}
    </summary>
    {children}
  </details>
);
