// All rules that are loaded, with a search over their words.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import type { HubRule } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { rulesQuery, sessionQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { newRuleFile, urls } from '../../app/urls.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { plural } from '../../parts/quantity.ts';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { refusedToWriteRules } from '../../session/capabilities.ts';
import { findRules, type RuleFilter } from './find-rules.ts';
import styles from './page.module.css';
import { RuleFilters } from './rule-filters.tsx';
import { RuleTable } from './rule-table.tsx';

export const load = ({ client }: LoadInput): void => {
  void client.prefetchQuery(rulesQuery);
};

const Found = ({
  rules,
  filter,
}: {
  readonly rules: readonly HubRule[];
  readonly filter: RuleFilter;
}): ReactNode => {
  const found = findRules(rules, filter);
  if (found.length > 0) return <RuleTable rules={found} />;
  return rules.length === 0 ? (
    <EmptyState title="No rule is loaded">
      <p>Look at the hub’s log: a rule with an error is left out.</p>
    </EmptyState>
  ) : (
    <EmptyState title="No rule is like this">
      <p>Try fewer words, or take a filter away.</p>
    </EmptyState>
  );
};

export const View = (): ReactNode => {
  const filter = useLocation().search as RuleFilter;
  const router = useRouter();
  const query = useQuery(rulesQuery);
  const { data: session } = useSuspenseQuery(sessionQuery);
  const change = (part: RuleFilter): void => {
    void router.navigate({ href: urls.rules({ ...filter, ...part }), replace: true, resetScroll: false });
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
        actions={
          <ActionButton
            label="New rule file"
            refused={refusedToWriteRules(session)}
            onClick={() => void router.navigate({ href: urls.ruleFile(newRuleFile) })}
          />
        }
      />
      <div className={styles['card']}>
        <RuleFilters filter={filter} onChange={change} />
        {query.isPending && <SkeletonLines what="rules" lines={8} />}
        {query.isError && (
          <ErrorState what="The rules" error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data && <Found rules={query.data.items} filter={filter} />}
      </div>
    </>
  );
};
