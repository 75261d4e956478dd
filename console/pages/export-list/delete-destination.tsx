// Deletes a destination, after asking once more: what waits for it is gone with it.
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type Destination, deleteDestination } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { formatCount } from '../../parts/quantity.ts';
import { refusedToExport } from '../../session/capabilities.ts';

export const DeleteDestination = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { id, name, waiting, deadLetters } = destination;
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const remove = useMutation({
    mutationFn: () => call(deleteDestination, { params: { id } }),
    onSuccess: async () => {
      setIsOpen(false);
      await client.invalidateQueries({ queryKey: destinationsQuery.queryKey });
    },
  });
  return (
    <>
      <ActionButton
        label="Delete"
        variant="default"
        size="xs"
        refused={refusedToExport(session)}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Delete ${name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>
          Gone with it: {formatCount(waiting)} that wait, and {formatCount(deadLetters)} dead letters. The
          alerts themselves stay.
        </p>
        <Problem error={remove.error} />
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete {name}
        </Button>
      </Modal>
    </>
  );
};
