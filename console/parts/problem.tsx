// Why something that a person just did failed, beside where they did it.
import type { ReactNode } from 'react';
import { ApiError } from '../api/errors.ts';
import styles from './problem.module.css';

export const Problem = ({ error }: { readonly error: Error | null }): ReactNode =>
  error && (
    <div role="alert" className={styles['problem']}>
      <p>{error.message}</p>
      {error instanceof ApiError && error.mend && <p className={styles['mend']}>{error.mend}</p>}
    </div>
  );
