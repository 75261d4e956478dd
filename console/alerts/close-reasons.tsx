// Why an alert or an incident is closed, to choose from.
import { Radio } from '@mantine/core';
import { type CloseReason, closeReasons } from '@yagura/contracts';
import type { ReactNode } from 'react';
import styles from './close-reasons.module.css';

const words: Record<CloseReason, readonly [label: string, meaning: string]> = {
  resolved: ['Resolved', 'It was real, and has been dealt with.'],
  benign: ['Benign', 'It happened, and was meant to.'],
  'false-positive': ['False positive', 'The rule was wrong: it did not happen.'],
  duplicate: ['Duplicate', 'Another one tells the same.'],
  test: ['Test', 'Somebody was testing.'],
};

interface CloseReasonsProps {
  readonly reason: CloseReason;
  readonly onChange: (reason: CloseReason) => void;
}

export const CloseReasons = ({ reason, onChange }: CloseReasonsProps): ReactNode => (
  <Radio.Group label="Reason" value={reason} onChange={(value) => onChange(value as CloseReason)}>
    <div className={styles['reasons']}>
      {closeReasons.map((value) => (
        <Radio
          key={value}
          data-autofocus={value === reason || undefined}
          size="sm"
          value={value}
          label={words[value][0]}
          description={words[value][1]}
        />
      ))}
    </div>
  </Radio.Group>
);
