// The time range: an age that moves along with the clock, or two points in time.
import { Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { commonAges, fromLocalInput, isAge, toLocalInput } from '../../alerts/time-range.ts';
import type { FilterProps } from './filter-props.ts';

const choiceOf = ({ since, until }: FilterProps['filter']): string => {
  if (since === undefined && until === undefined) return 'any';
  return since !== undefined && isAge(since) && until === undefined ? since : 'between';
};

const choices = (current: string): { value: string; label: string }[] => [
  { value: 'any', label: 'Any time' },
  ...commonAges,
  ...(isAge(current) && !commonAges.some(({ value }) => value === current)
    ? [{ value: current, label: `Last ${current}` }]
    : []),
  { value: 'between', label: 'Between…' },
];

const Between = ({ filter, onChange }: FilterProps): ReactNode => (
  <>
    <TextInput
      type="datetime-local"
      label="From"
      size="xs"
      value={toLocalInput(filter.since, Date.now())}
      onChange={(event) => onChange({ since: fromLocalInput(event.currentTarget.value) })}
    />
    <TextInput
      type="datetime-local"
      label="To"
      size="xs"
      value={toLocalInput(filter.until, Date.now())}
      onChange={(event) => onChange({ until: fromLocalInput(event.currentTarget.value) })}
    />
  </>
);

export const TimeFilter = ({ filter, onChange }: FilterProps): ReactNode => {
  const [isBetween, setIsBetween] = useState(false);
  const current = choiceOf(filter);
  const shown = isBetween ? 'between' : current;
  const choose = (value: string | null): void => {
    setIsBetween(value === 'between');
    if (value === 'any' || value === null) onChange({ since: undefined, until: undefined });
    else if (value !== 'between') onChange({ since: value, until: undefined });
  };
  return (
    <>
      <Select
        label="Last seen"
        size="xs"
        allowDeselect={false}
        data={choices(current)}
        value={shown}
        onChange={choose}
      />
      {shown === 'between' && <Between filter={filter} onChange={onChange} />}
    </>
  );
};
