// All rules that are loaded, with a search over their words.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import type { RuleInfo } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { rulesQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { urls } from '../../app/urls.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { plural } from '../../parts/quantity.ts';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { findRules } from './find-rules.ts';
import styles from './page.module.css';
import { RuleTable } from './rule-table.tsx';

export const load = ({ client }: LoadInput): void => {
  void client.prefetchQuery(rulesQuery);
};

const Found = ({
  rules,
  text,
}: {
  readonly rules: readonly RuleInfo[];
  readonly text: string;
}): ReactNode => {
  const found = findRules(rules, text);
  return found.length > 0 ? (
    <RuleTable rules={found} />
  ) : (
    <EmptyState title={text === '' ? 'No rule is loaded' : 'No rule has these words'}>
      <p>{text === '' ? 'Look at the hub’s log: a rule with an error is left out.' : 'Try fewer of them.'}</p>
    </EmptyState>
  );
};

export const View = (): ReactNode => {
  const { text = '' } = useLocation().search as { text?: string };
  const router = useRouter();
  const query = useQuery(rulesQuery);
  const search = (value: string): void => {
    void router.navigate({ href: urls.rules(value), replace: true, resetScroll: false });
  };
  return (
    <>
      <PageTitle
        title="Rules"
        below={
          <p className={styles['total']}>
            {query.data ? `${plural(query.data.items.length, 'rule')} loaded` : '\u00a0'}
          </p>
        }
      />
      <div className={styles['card']}>
        <search className={styles['bar']}>
          <TextInput
            type="search"
            size="xs"
            label="Search rules"
            placeholder="Title, id, technique or condition"
            value={text}
            onChange={(event) => search(event.currentTarget.value)}
          />
        </search>
        {query.isPending && <SkeletonLines what="rules" lines={8} />}
        {query.isError && (
          <ErrorState what="The rules" error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data && <Found rules={query.data.items} text={text} />}
      </div>
    </>
  );
};
