// The search and the filters above the rules; what is chosen goes into the address at once.
import { Select, TextInput } from '@mantine/core';
import { ruleOrigins, ruleTypes, severities } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { FilterBar } from '../../parts/filter-bar.tsx';
import { originWords } from '../../rules/cost-text.ts';
import { sourceWords } from '../../rules/source-words.ts';
import { type RuleFilter, sortChoices } from './find-rules.ts';

interface RuleFiltersProps {
  readonly filter: RuleFilter;
  readonly onChange: (part: RuleFilter) => void;
}

interface Choice {
  readonly name: Exclude<keyof RuleFilter, 'text'>;
  readonly label: string;
  readonly any: string;
  readonly data: readonly (string | { readonly value: string; readonly label: string })[];
}

const inWords = (words: Readonly<Record<string, string>>, values: readonly string[]) =>
  values.map((value) => ({ value, label: words[value] ?? value }));

const choices: readonly Choice[] = [
  { name: 'type', label: 'Kind', any: 'Any', data: ruleTypes },
  { name: 'severity', label: 'Severity', any: 'Any', data: severities.toReversed() },
  { name: 'source', label: 'Looks at', any: 'Any', data: inWords(sourceWords, Object.keys(sourceWords)) },
  { name: 'state', label: 'State', any: 'Any', data: ['on', 'off', 'stale', 'blind'] },
  { name: 'origin', label: 'From', any: 'Anywhere', data: inWords(originWords, ruleOrigins) },
  { name: 'sort', label: 'Sort by', any: 'severity', data: sortChoices },
];

export const RuleFilters = ({ filter, onChange }: RuleFiltersProps): ReactNode => (
  <FilterBar
    label="Filter rules"
    chosen={{ ...filter, text: undefined }}
    first={
      <TextInput
        type="search"
        size="xs"
        label="Search rules"
        placeholder="Title, id, technique or condition"
        value={filter.text ?? ''}
        onChange={(event) => onChange({ text: event.currentTarget.value || undefined })}
      />
    }
  >
    {choices.map(({ name, label, any, data }) => (
      <Select
        key={name}
        size="xs"
        label={label}
        placeholder={any}
        clearable
        data={[...data]}
        value={filter[name] ?? null}
        onChange={(value) => onChange({ [name]: value ?? undefined })}
      />
    ))}
  </FilterBar>
);
