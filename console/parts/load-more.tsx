// The end of a list that comes page by page: what is shown of it, and a button for the next page while there is one.
import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import styles from './load-more.module.css';

interface LoadMoreProps {
  readonly query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  readonly children?: ReactNode;
}

export const LoadMore = ({ query, children }: LoadMoreProps): ReactNode => (
  <div className={styles['more']}>
    {children}
    {query.hasNextPage && (
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load more
      </Button>
    )}
  </div>
);
