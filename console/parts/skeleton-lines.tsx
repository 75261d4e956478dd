// Grey lines in the place of what is still on its way.
import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './skeleton-lines.module.css';

interface SkeletonLinesProps {
  readonly what: string;
  readonly lines?: number;
}

export const SkeletonLines = ({ what, lines = 6 }: SkeletonLinesProps): ReactNode => (
  <div role="status" className={styles['lines']}>
    <VisuallyHidden>Loading {what}</VisuallyHidden>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
      <Skeleton key={line} height={18} width={`${92 - ((line * 17) % 40)}%`} />
    ))}
  </div>
);
