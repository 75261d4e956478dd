// The filters above the objects; what is chosen goes into the address at once.
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { inventoryQuery } from '../../api/queries.ts';
import type { ObjectFilter } from '../../inventory/object-filter.ts';
import { FilterBar } from '../../parts/filter-bar.tsx';

interface ObjectFiltersProps {
  readonly cluster: string;
  readonly filter: ObjectFilter;
  readonly onChange: (part: ObjectFilter) => void;
}

const texts = [
  { name: 'namespace', label: 'Namespace' },
  { name: 'workload', label: 'Workload' },
  { name: 'name', label: 'Name' },
] as const;

export const ObjectFilters = ({ cluster, filter, onChange }: ObjectFiltersProps): ReactNode => {
  const { data } = useQuery(inventoryQuery(cluster));
  const resources = data?.items.map(({ resource }) => resource) ?? [];
  return (
    <FilterBar label="Filter objects" chosen={filter}>
      <Select
        size="xs"
        label="Resource"
        placeholder="Any"
        clearable
        searchable
        data={resources}
        value={filter.resource ?? null}
        onChange={(value) => onChange({ resource: value ?? undefined })}
      />
      {texts.map(({ name, label }) => (
        <TextInput
          key={name}
          size="xs"
          label={label}
          placeholder="Any"
          value={filter[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
        />
      ))}
      <Checkbox
        size="xs"
        label="Those that are gone, too"
        checked={filter.removed === 'true'}
        onChange={(event) => onChange({ removed: event.currentTarget.checked ? 'true' : undefined })}
      />
    </FilterBar>
  );
};
