// Shuts out a node or a cluster, after asking once more.
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { clustersQuery, nodesQuery, sessionQuery } from '../../api/queries.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { refusedToRevoke } from '../../session/capabilities.ts';

interface RevokeProps {
  readonly name: string;
  /** What is refused from then on, as a sentence. */
  readonly effect: string;
  readonly onRevoke: () => Promise<unknown>;
}

export const Revoke = ({ name, effect, onRevoke }: RevokeProps): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <div>
      <AskFirst
        verb="Revoke"
        name={name}
        refused={refusedToRevoke(session)}
        deed={onRevoke}
        changes={[nodesQuery.queryKey, clustersQuery.queryKey]}
      >
        {effect} It comes back only by a registration token that is made from now on.
      </AskFirst>
    </div>
  );
};
