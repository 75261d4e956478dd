// A filter by the name of a cluster, namespace or node: typed, or chosen from the names that are on screen.
import { Autocomplete } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { AlertFilter, EntityName } from '../../alerts/filter.ts';
import { loadedAlerts } from '../../alerts/live-insert.ts';
import { alertListQuery, clustersQuery, nodesQuery } from '../../api/queries.ts';
import type { FilterProps } from './filter-props.ts';

interface EntityFilterProps extends FilterProps {
  readonly name: EntityName;
}

const labels: Record<EntityName, string> = { cluster: 'Cluster', namespace: 'Namespace', node: 'Node' };

const useKnownNames = (name: EntityName, filter: AlertFilter): string[] => {
  const listed = useInfiniteQuery({ ...alertListQuery(filter), select: loadedAlerts }).data ?? [];
  const clusters = useQuery(clustersQuery).data?.items ?? [];
  const nodes = useQuery(nodesQuery).data?.items ?? [];
  const registered = { cluster: clusters, node: nodes, namespace: [] }[name].map((item) => item.name);
  const seen = listed.flatMap((alert) => alert.entities[name] ?? []);
  return [...new Set([...registered, ...seen])].sort();
};

export const EntityFilter = ({ name, filter, onChange }: EntityFilterProps): ReactNode => {
  const chosen = filter[name] ?? '';
  const [text, setText] = useState(chosen);
  const names = useKnownNames(name, filter);
  useEffect(() => setText(chosen), [chosen]);
  const apply = (value: string): void => {
    const next = value.trim();
    if (next !== chosen) onChange({ [name]: next === '' ? undefined : next });
  };
  return (
    <Autocomplete
      label={labels[name]}
      size="xs"
      placeholder="Any"
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      data={names}
      limit={50}
      value={text}
      clearable
      onChange={setText}
      onOptionSubmit={apply}
      onClear={() => apply('')}
      onBlur={() => apply(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(event.currentTarget.value);
      }}
    />
  );
};
