// The name with its watchtower.
import type { ReactNode } from 'react';
import styles from './wordmark.module.css';

export const Wordmark = (): ReactNode => (
  <span className={styles['wordmark']}>
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" className={styles['ground']} />
      <path
        d="M16 5 6.5 11.5h19zM9 13h14v4H9zM11 18.5h2.4L11.6 27H9zm7.6 0H21L23 27h-2.6zM12.6 22h6.8v1.8h-6.8z"
        fill="#fff"
      />
    </svg>
    Yagura
  </span>
);
