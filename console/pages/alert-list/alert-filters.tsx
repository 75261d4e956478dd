// The filters above the list; what is chosen goes into the address at once.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  type AlertFilter,
  entityNames,
  filterSearch,
  isNarrowed,
  type StatusChoice,
  statusChoices,
} from '../../alerts/filter.ts';
import { rulesQuery } from '../../api/queries.ts';
import { FilterBar } from '../../parts/filter-bar.tsx';
import styles from './alert-filters.module.css';
import { EntityFilter } from './entity-filter.tsx';
import type { FilterProps } from './filter-props.ts';
import { TimeFilter } from './time-filter.tsx';

const statusWords: Record<StatusChoice, string> = { open: 'Open', closed: 'Closed', all: 'Open and closed' };
const nothing: Omit<AlertFilter, 'status'> = {
  severity: undefined,
  suppressed: undefined,
  rule: undefined,
  cluster: undefined,
  namespace: undefined,
  node: undefined,
  since: undefined,
  until: undefined,
};

const StatusFilter = ({ filter, onChange }: FilterProps): ReactNode => (
  <Select
    label="Status"
    size="xs"
    allowDeselect={false}
    data={statusChoices.map((value) => ({ value, label: statusWords[value] }))}
    value={filter.status}
    onChange={(status) => onChange({ status: (status as StatusChoice | null) ?? 'open' })}
  />
);

const RuleFilter = ({ filter, onChange }: FilterProps): ReactNode => {
  const { data } = useQuery(rulesQuery);
  const known = (data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }));
  // A shared address may name a rule that is no longer loaded: its alerts are still there.
  const isUnknown = filter.rule !== undefined && !known.some(({ value }) => value === filter.rule);
  const choices = isUnknown ? [...known, { value: filter.rule ?? '', label: filter.rule ?? '' }] : known;
  return (
    <Select
      label="Rule"
      size="xs"
      placeholder="Any"
      className={styles['wide']}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      searchable
      clearable
      data={choices}
      value={filter.rule ?? null}
      onChange={(rule) => onChange({ rule: rule ?? undefined })}
      nothingFoundMessage="No rule of this name"
    />
  );
};

export const AlertFilters = ({ filter, onChange }: FilterProps): ReactNode => (
  <FilterBar label="Filter alerts" chosen={filterSearch(filter)}>
    <StatusFilter filter={filter} onChange={onChange} />
    <RuleFilter filter={filter} onChange={onChange} />
    {entityNames.map((name) => (
      <EntityFilter key={name} name={name} filter={filter} onChange={onChange} />
    ))}
    <TimeFilter filter={filter} onChange={onChange} />
    {isNarrowed(filter) && (
      <Button variant="subtle" className={styles['clear']} onClick={() => onChange(nothing)}>
        Clear filters
      </Button>
    )}
  </FilterBar>
);
