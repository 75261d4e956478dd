// What can be done with a destination: test, pause, resume, delete.
import { Group } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type Destination, pauseDestination, resumeDestination, testDestination } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToExport } from '../../session/capabilities.ts';
import { DeleteDestination } from './delete-destination.tsx';

export const DestinationActions = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { id, state } = destination;
  const { data: session } = useSuspenseQuery(sessionQuery);
  const refused = refusedToExport(session);
  const client = useQueryClient();
  const params = { id };
  const act = useMutation({
    mutationFn: async (deed: 'test' | 'toggle'): Promise<string> => {
      if (deed === 'test') return (await call(testDestination, { params })).message;
      await call(state === 'active' ? pauseDestination : resumeDestination, { params });
      return '';
    },
    onSuccess: () => client.invalidateQueries({ queryKey: destinationsQuery.queryKey }),
  });
  const button = { variant: 'default', size: 'xs', refused, loading: act.isPending } as const;
  const toggle = state === 'active' ? 'Pause' : 'Resume';
  return (
    <>
      <Group gap="xs">
        <ActionButton {...button} label="Test" onClick={() => act.mutate('test')} />
        <ActionButton {...button} label={toggle} onClick={() => act.mutate('toggle')} />
        <DeleteDestination destination={destination} />
      </Group>
      <Problem error={act.error} />
      {act.data && <p role="status">{act.data}</p>}
    </>
  );
};
