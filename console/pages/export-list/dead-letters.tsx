// The dead letters of a destination, each with its reason: sent again, or thrown away.
import { Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type DeadLetter, type Destination, discardDeadLetters, retryDeadLetters } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { deadLettersQuery, destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Problem } from '../../parts/problem.tsx';
import { formatCount, plural } from '../../parts/quantity.ts';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import { refusedToExport } from '../../session/capabilities.ts';
import styles from './dead-letters.module.css';

const Letters = ({ letters }: { readonly letters: readonly DeadLetter[] }): ReactNode => (
  <Table columns={['Alert', 'Told', 'Given up', 'Reason']}>
    <tbody>
      {letters.map(({ id, alert, title, change, failedAt, attempts, reason }) => (
        <tr key={id}>
          <th scope="row">
            <AppLink href={urls.alert(alert)}>{title}</AppLink>
          </th>
          <td>{change}</td>
          <td>
            <RelativeTime value={failedAt} />, after {attempts === 1 ? '1 try' : `${attempts} tries`}
          </td>
          <td>{reason}</td>
        </tr>
      ))}
    </tbody>
  </Table>
);

const List = ({ destination }: { readonly destination: string }): ReactNode => {
  const query = useQuery(deadLettersQuery(destination));
  if (query.isPending) return <SkeletonLines what="dead letters" lines={3} />;
  if (query.data === undefined)
    return <ErrorState what="The dead letters" error={query.error} onRetry={() => void query.refetch()} />;
  return <Letters letters={query.data.items} />;
};

const Deeds = ({
  destination,
  onDone,
}: {
  readonly destination: Destination;
  readonly onDone: () => void;
}): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const params = { id: destination.id };
  const act = useMutation({
    mutationFn: async (deed: 'retry' | 'discard'): Promise<void> => {
      await call(deed === 'retry' ? retryDeadLetters : discardDeadLetters, { params });
    },
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: destinationsQuery.queryKey });
      await client.invalidateQueries({ queryKey: deadLettersQuery(destination.id).queryKey });
    },
  });
  const button = { refused: refusedToExport(session), loading: act.isPending } as const;
  return (
    <>
      <Problem error={act.error} />
      <Group>
        <ActionButton {...button} label="Send all again" onClick={() => act.mutate('retry')} />
        <ActionButton
          {...button}
          label="Throw all away"
          variant="default"
          onClick={() => act.mutate('discard')}
        />
      </Group>
    </>
  );
};

export const DeadLetters = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { id, name, deadLetters, deadLettersDropped } = destination;
  if (deadLetters === 0) return formatCount(0);
  return (
    <DialogButton
      label={formatCount(deadLetters)}
      aria-label={`${plural(deadLetters, 'dead letter')} of ${name}`}
      size="xs"
      refused={undefined}
      title={`Dead letters of ${name}`}
      dialogSize="xl"
    >
      {(close) => (
        <div className={styles['letters']}>
          <p>
            What {name} refused, or did not take within a day
            {deadLetters > shownLetters && `; the latest ${shownLetters} of ${formatCount(deadLetters)}`}.
            {deadLettersDropped > 0 && ` ${formatCount(deadLettersDropped)} older ones had to go.`}
          </p>
          <Deeds destination={destination} onDone={close} />
          <List destination={id} />
        </div>
      )}
    </DialogButton>
  );
};

/** What the hub lists unless more is asked for. */
const shownLetters = 100;
