// What stands where something could not be fetched: what happened, how to mend it, and another try.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from '../api/errors.ts';
import styles from './error-state.module.css';

interface ErrorStateProps {
  /** What is missing, as the beginning of a sentence: "The alerts". */
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

export const ErrorState = ({ what, error, onRetry }: ErrorStateProps): ReactNode => (
  <div role="alert" className={styles['error']}>
    <h2>{what} could not be loaded</h2>
    <p>
      {error.message}
      {error instanceof ApiError && <span className={styles['code']}> ({error.code})</span>}
    </p>
    {error instanceof ApiError && error.mend && <p>{error.mend}</p>}
    <Button variant="default" onClick={onRetry}>
      Try again
    </Button>
  </div>
);
