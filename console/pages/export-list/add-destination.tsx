// Asks where alerts are to go, and what is needed for a destination of that kind.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { createDestination, destinationTypes } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToExport } from '../../session/capabilities.ts';
import styles from './add-destination.module.css';
import { type Draft, emptyDraft, newDestination } from './destination-draft.ts';
import { DestinationFields } from './destination-fields.tsx';

const typeNames = { webhook: 'Webhook', slack: 'Slack or alike', syslog: 'Syslog', file: 'File' } as const;
const types = destinationTypes.map((value) => ({ value, label: typeNames[value] }));

const Form = ({ onDone }: { readonly onDone: () => void }): ReactNode => {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () => call(createDestination, { body: newDestination(draft) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: destinationsQuery.queryKey });
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit} className={styles['form']} autoComplete="off">
      <NativeSelect
        label="Kind"
        data={types}
        value={draft.type}
        onChange={(event) => {
          const type = destinationTypes.find((each) => each === event.currentTarget.value);
          // What another kind was given must not go along unseen.
          const { name, minSeverity, clusters, namespaces, rules } = draft;
          if (type) setDraft({ ...emptyDraft, name, minSeverity, clusters, namespaces, rules, type });
        }}
      />
      <DestinationFields draft={draft} onChange={setDraft} />
      <p>Alerts that change from now on go there. Press “Test” afterwards to send a made-up one.</p>
      <Problem error={create.error} />
      <div>
        <Button type="submit" loading={create.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
};

export const AddDestination = (): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <ActionButton
        label="Add a destination"
        variant="default"
        refused={refusedToExport(session)}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        size="lg"
        title="Add a destination"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Form onDone={() => setIsOpen(false)} />
      </Modal>
    </>
  );
};
