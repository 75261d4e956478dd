// What every filter of the list gets.
import type { AlertFilter } from '../../alerts/filter.ts';

export interface FilterProps {
  readonly filter: AlertFilter;
  readonly onChange: (part: Partial<AlertFilter>) => void;
}
