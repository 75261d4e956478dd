// How many alerts the filter leaves, from the counts by severity, so that list and counts never contradict each other.
import { useQuery } from '@tanstack/react-query';
import { severities } from '@yagura/contracts';
import type { AlertFilter } from '../../alerts/filter.ts';
import { alertCountsQuery } from '../../api/queries.ts';

export function useTotal(filter: AlertFilter): number | undefined {
  const { data: counts } = useQuery(alertCountsQuery(filter));
  if (counts === undefined) return undefined;
  if (filter.severity !== undefined) return counts[filter.severity];
  return severities.reduce((total, severity) => total + counts[severity], 0);
}
