// A table; where there is no room for its columns, each row is a card and each value stands beside its column's name.
import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import styles from './table.module.css';

export interface Column {
  readonly label: string;
  readonly isNumber?: true;
  /** Left out of a card: the page of what the row is about has it. */
  readonly isMinor?: true;
  /** What the label means. */
  readonly title?: string;
}

interface TableProps {
  readonly columns: readonly (string | Column)[];
  /** For a screen reader, where no heading names it. */
  readonly name?: string;
  /** The rows answer an earlier question, until the new answer is there. */
  readonly isStale?: boolean;
  /** One `tbody` or several. */
  readonly children: ReactNode;
}

/** What table.module.css shows beside the values of a card: `--column-1` and so on, and which of them are left out. */
const cardLabels = (columns: readonly Column[]): CSSProperties =>
  Object.fromEntries(
    columns.flatMap(({ label, isMinor }, index) => [
      [`--column-${index + 1}`, JSON.stringify(label)],
      ...(isMinor ? [[`--display-${index + 1}`, 'none']] : []),
    ]),
  );

export const Table = ({ columns, name, isStale, children }: TableProps): ReactNode => {
  const all = columns.map((column) => (typeof column === 'string' ? { label: column } : column));
  return (
    <div className={styles['box']} aria-busy={isStale}>
      <table className={styles['table']} style={cardLabels(all)}>
        {name !== undefined && (
          <caption>
            <VisuallyHidden>{name}</VisuallyHidden>
          </caption>
        )}
        <thead>
          <tr>
            {all.map(({ label, isNumber, title }) => (
              <th key={label} scope="col" className={isNumber && 'number'} title={title}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
};
