// The button of a row that opens what tells more of it.
import type { ReactNode } from 'react';
import { ChevronIcon } from '../../parts/icons.tsx';
import styles from './row-toggle.module.css';

interface RowToggleProps {
  /** Id of the row that it opens. */
  readonly opens: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  /** For a screen reader, where the words on it do not say what it opens. */
  readonly label?: string;
  readonly children: ReactNode;
}

export const RowToggle = ({ opens, isOpen, onToggle, label, children }: RowToggleProps): ReactNode => (
  <button
    type="button"
    className={styles['toggle']}
    aria-label={label}
    aria-expanded={isOpen}
    aria-controls={opens}
    onClick={() => onToggle(!isOpen)}
  >
    <ChevronIcon /> {children}
  </button>
);
