// A severity, by colour and by word.
import type { Severity } from '@yagura/contracts';
import type { ReactNode } from 'react';
import styles from './severity-mark.module.css';

export const severityWord = (severity: Severity): string => severity[0]?.toUpperCase() + severity.slice(1);

export const SeverityMark = ({ severity }: { readonly severity: Severity }): ReactNode => (
  <span className={styles['mark']} data-severity={severity}>
    {severityWord(severity)}
  </span>
);
