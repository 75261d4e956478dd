// A deed that takes something away: a button that, where it may not be used, says why, and a question before it is done.
import { Button, Modal } from '@mantine/core';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ActionButton } from './action-button.tsx';
import { Problem } from './problem.tsx';

interface AskFirstProps {
  /** As a button says it, such as `Delete`. */
  readonly verb: string;
  /** Of what the deed is done to. */
  readonly name: string;
  readonly refused: string | undefined;
  readonly deed: () => Promise<unknown>;
  /** What is read again once it is done. */
  readonly changes: readonly QueryKey[];
  /** What it brings about, in a sentence or two. */
  readonly children: ReactNode;
}

export const AskFirst = ({ verb, name, refused, deed, changes, children }: AskFirstProps): ReactNode => {
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const act = useMutation({
    mutationFn: deed,
    onSuccess: async () => {
      setIsOpen(false);
      for (const queryKey of changes) await client.invalidateQueries({ queryKey });
    },
  });
  return (
    <>
      <ActionButton
        label={verb}
        variant="default"
        size="xs"
        refused={refused}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`${verb} ${name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>{children}</p>
        <Problem error={act.error} />
        <Button color="red" loading={act.isPending} onClick={() => act.mutate()}>
          {verb} {name}
        </Button>
      </Modal>
    </>
  );
};
