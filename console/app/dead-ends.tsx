// Pages for an address that leads nowhere and for a page that cannot be shown.
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { AppLink } from './app-link.tsx';
import styles from './dead-ends.module.css';
import { urls } from './urls.ts';

export const NoSuchPage = (): ReactNode => (
  <main className={styles['page']}>
    <EmptyState
      title="There is no such page"
      actions={<AppLink href={urls.alerts()}>Go to the alerts</AppLink>}
    >
      The address may be mistyped, or what it led to is gone.
    </EmptyState>
  </main>
);

export const CannotShow = ({ error }: { readonly error: Error }): ReactNode => {
  const router = useRouter();
  const client = useQueryClient();
  const retry = async (): Promise<void> => {
    await client.resetQueries();
    await router.invalidate();
  };
  return (
    <main className={styles['page']}>
      <ErrorState error={error} what="The page" onRetry={() => void retry()} />
    </main>
  );
};
