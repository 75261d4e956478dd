// Asks where alerts are to go, and what is needed for a destination of that kind.
import { NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { createDestination, destinationTypes } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { destinationsQuery, sessionQuery } from '../../api/queries.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Form } from '../../parts/form.tsx';
import { refusedToExport } from '../../session/capabilities.ts';
import { type Draft, emptyDraft, newDestination } from './destination-draft.ts';
import { DestinationFields } from './destination-fields.tsx';

const typeNames = { webhook: 'Webhook', slack: 'Slack or alike', syslog: 'Syslog', file: 'File' } as const;
const types = destinationTypes.map((value) => ({ value, label: typeNames[value] }));

const DestinationForm = ({ onDone }: { readonly onDone: () => void }): ReactNode => {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  return (
    <Form
      verb="Add"
      deed={() => call(createDestination, { body: newDestination(draft) })}
      changes={[destinationsQuery.queryKey]}
      onDone={onDone}
    >
      <NativeSelect
        label="Kind"
        data-autofocus
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
    </Form>
  );
};

export const AddDestination = (): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <DialogButton
      label="Add a destination"
      refused={refusedToExport(session)}
      title="Add a destination"
      dialogSize="lg"
    >
      {(close) => <DestinationForm onDone={close} />}
    </DialogButton>
  );
};
