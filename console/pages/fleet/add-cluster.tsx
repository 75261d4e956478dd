// Adds a cluster, and shows the one time that it can be shown what its API server needs.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { createCluster } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { clustersQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToAddCluster } from '../../session/capabilities.ts';
import styles from './add-cluster.module.css';

interface Wish {
  readonly name: string;
  readonly server: string;
}

interface FormProps {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (wish: Wish) => void;
}

const Form = ({ isPending, error, onSubmit }: FormProps): ReactNode => {
  const [name, setName] = useState('');
  const [server, setServer] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ name: name.trim(), server: server.trim() });
  };
  return (
    <form onSubmit={submit} className={styles['form']}>
      <TextInput
        label="Name"
        description="Letters, digits, dots and dashes. A name that exists gets a new credential; the old one ends."
        required
        withAsterisk={false}
        data-autofocus
        maxLength={253}
        pattern="[A-Za-z0-9]([A-Za-z0-9._\-]*[A-Za-z0-9])?"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Address of the hub, as the API server reaches it"
        description="Left empty: the address that the hub listens on."
        type="url"
        placeholder="https://hub.example:7443"
        maxLength={512}
        value={server}
        onChange={(event) => setServer(event.currentTarget.value)}
      />
      <Problem error={error} />
      <div>
        <Button type="submit" loading={isPending}>
          Add
        </Button>
      </div>
    </form>
  );
};

const Kubeconfig = ({ text }: { readonly text: string }): ReactNode => (
  <div className={styles['form']}>
    <p>
      Keep this now: it holds the cluster’s credential and is not shown again. Save it on the control plane,
      and start the API server with <code>--audit-webhook-config-file</code> and the path of that file.
    </p>
    <CodeBlock label="Audit webhook configuration" text={text} />
  </div>
);

export const AddCluster = (): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const add = useMutation({
    mutationFn: ({ name, server }: Wish) =>
      call(createCluster, { body: server === '' ? { name } : { name, server } }),
    onSuccess: () => client.invalidateQueries({ queryKey: clustersQuery.queryKey }),
  });
  return (
    <>
      <ActionButton
        label="Add a cluster"
        variant="default"
        refused={refusedToAddCluster(session)}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        onExitTransitionEnd={add.reset}
        size="lg"
        title="Add a cluster"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {add.data ? (
          <Kubeconfig text={add.data.kubeconfig} />
        ) : (
          <Form isPending={add.isPending} error={add.error} onSubmit={add.mutate} />
        )}
      </Modal>
    </>
  );
};
