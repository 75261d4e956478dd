// When something was last heard of: how long ago, and exactly when.
import type { ReactNode } from 'react';
import { AbsoluteTime, RelativeTime } from '../../parts/time.tsx';
import styles from './last-contact.module.css';

interface LastContactProps {
  readonly at: string | undefined;
  readonly never: string;
}

export const LastContact = ({ at, never }: LastContactProps): ReactNode =>
  at === undefined ? (
    <span className={styles['exact']}>{never}</span>
  ) : (
    <>
      <RelativeTime value={at} />
      <div className={styles['exact']}>
        <AbsoluteTime value={at} />
      </div>
    </>
  );
