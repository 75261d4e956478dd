// Shuts out a node or a cluster, after asking once more.
import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { clustersQuery, nodesQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToRevoke } from '../../session/capabilities.ts';

interface RevokeProps {
  readonly name: string;
  /** What is refused from then on, as a sentence. */
  readonly effect: string;
  readonly onRevoke: () => Promise<unknown>;
}

export const Revoke = ({ name, effect, onRevoke }: RevokeProps): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const revoke = useMutation({
    mutationFn: onRevoke,
    onSuccess: async () => {
      setIsOpen(false);
      await client.invalidateQueries({ queryKey: nodesQuery.queryKey });
      await client.invalidateQueries({ queryKey: clustersQuery.queryKey });
    },
  });
  return (
    <div>
      <ActionButton
        label="Revoke"
        variant="default"
        size="xs"
        refused={refusedToRevoke(session)}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Revoke ${name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>{effect} It comes back only by a registration token that is made from now on.</p>
        <Problem error={revoke.error} />
        <Group>
          <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke {name}
          </Button>
        </Group>
      </Modal>
    </div>
  );
};
