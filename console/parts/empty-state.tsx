// What stands where there is nothing to show: why, and what to do next.
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export const EmptyState = ({ title, children, actions }: EmptyStateProps): ReactNode => (
  <div className={styles['empty']}>
    <h2>{title}</h2>
    <div className={styles['words']}>{children}</div>
    {actions}
  </div>
);
