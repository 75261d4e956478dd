// Deletes a destination, after asking once more: what waits for it is gone with it.
import { useSuspenseQuery } from '@tanstack/react-query';
import { type Destination, deleteDestination } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { formatCount, plural } from '../../parts/quantity.ts';
import { refusedToExport } from '../../session/capabilities.ts';

export const DeleteDestination = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { id, name, waiting, deadLetters } = destination;
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <AskFirst
      verb="Delete"
      name={name}
      refused={refusedToExport(session)}
      deed={() => call(deleteDestination, { params: { id } })}
      changes={[destinationsQuery.queryKey]}
    >
      Gone with it: {formatCount(waiting)} waiting, and {plural(deadLetters, 'dead letter')}. The alerts
      themselves stay.
    </AskFirst>
  );
};
