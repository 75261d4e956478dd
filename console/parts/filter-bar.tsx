// The filters above a list. On a phone they are folded away, so that the list is what is seen first.
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';
import { Fold } from './fold.tsx';

interface FilterBarProps {
  readonly label: string;
  /** Stays in sight on a phone, too. */
  readonly first?: ReactNode;
  /** What narrows the list now, as its address has it. */
  readonly chosen: Readonly<Record<string, string | undefined>>;
  readonly children: ReactNode;
}

export const FilterBar = ({ label, first, chosen, children }: FilterBarProps): ReactNode => {
  const isNarrow = useMediaQuery('(max-width: 38rem)', undefined, { getInitialValueInEffect: false });
  const inUse = Object.values(chosen).filter((value) => value !== undefined).length;
  const filters = <div className={styles['filters']}>{children}</div>;
  return (
    <search aria-label={label} className={styles['bar']}>
      {first}
      {isNarrow ? (
        <Fold title={inUse === 0 ? 'Filters' : `Filters, ${inUse} in use`}>{filters}</Fold>
      ) : (
        filters
      )}
    </search>
  );
};
