// The table of suppressions; one that holds can be ended.
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { deleteSuppression, type Suppression, suppressionFields } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery, suppressionsQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Problem } from '../../parts/problem.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import { refusedToSuppress } from '../../session/capabilities.ts';

const End = ({ id }: { readonly id: string }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(deleteSuppression, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: suppressionsQuery.queryKey }),
  });
  return (
    <>
      <Problem error={end.error} />
      <ActionButton
        label="End now"
        variant="default"
        size="xs"
        loading={end.isPending}
        refused={refusedToSuppress(session)}
        onClick={() => end.mutate()}
      />
    </>
  );
};

const Match = ({ match }: Pick<Suppression, 'match'>): ReactNode =>
  suppressionFields.map((field) =>
    match[field] === undefined ? null : (
      <div key={field}>
        {field}: <code>{match[field]}</code>
      </div>
    ),
  );

const columns = [
  'Alerts that match',
  'Reason',
  'Owner',
  'State',
  { label: 'Hits', isNumber: true },
  'Last hit',
  'End',
] as const;

const Row = ({ suppression }: { readonly suppression: Suppression }): ReactNode => {
  const { id, match, owner, reason, expiresAt, endedAt, state, hits, lastHitAt, notice } = suppression;
  return (
    <tr>
      <th scope="row">
        <Match match={match} />
        {notice !== undefined && <p>Keeps nothing from view: {notice}.</p>}
      </th>
      <td>{reason}</td>
      <td>{owner}</td>
      <td>
        {state === 'active' ? 'active, ends' : state} <RelativeTime value={endedAt ?? expiresAt} />
      </td>
      <td className="number">{formatCount(hits)}</td>
      <td>{lastHitAt === undefined ? 'never' : <RelativeTime value={lastHitAt} />}</td>
      <td>{state === 'active' && <End id={id} />}</td>
    </tr>
  );
};

export const SuppressionTable = ({
  suppressions,
}: {
  readonly suppressions: readonly Suppression[];
}): ReactNode => {
  if (suppressions.length === 0) {
    return (
      <EmptyState title="Nothing is suppressed">
        <p>Open an alert that you know to be harmless and choose “Suppress like this”.</p>
      </EmptyState>
    );
  }
  return (
    <Table columns={columns}>
      <tbody>
        {suppressions.map((suppression) => (
          <Row key={suppression.id} suppression={suppression} />
        ))}
      </tbody>
    </Table>
  );
};
