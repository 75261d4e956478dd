// How many alerts there are of each severity; each count is also the switch of its filter.
import { useQuery } from '@tanstack/react-query';
import { severities } from '@yagura/contracts';
import type { ReactNode } from 'react';
import type { AlertFilter } from '../../alerts/filter.ts';
import { alertCountsQuery } from '../../api/queries.ts';
import { formatCount } from '../../parts/quantity.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import styles from './severity-counts.module.css';

interface SeverityCountsProps {
  readonly filter: AlertFilter;
  readonly onChange: (part: Partial<AlertFilter>) => void;
}

const worstFirst = severities.toReversed();

export const SeverityCounts = ({ filter, onChange }: SeverityCountsProps): ReactNode => {
  const { data: counts } = useQuery(alertCountsQuery(filter));
  return (
    <fieldset className={styles['counts']} aria-label="Severity">
      {worstFirst.map((severity) => {
        const isChosen = filter.severity === severity;
        return (
          <button
            key={severity}
            type="button"
            aria-pressed={isChosen}
            data-none={counts?.[severity] === 0 || undefined}
            onClick={() => onChange({ severity: isChosen ? undefined : severity })}
          >
            <SeverityMark severity={severity} />{' '}
            <span className={styles['count']}>
              {counts === undefined ? '–' : formatCount(counts[severity])}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
};
