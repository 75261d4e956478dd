// Adds a cluster, and shows the one time that it can be shown what its API server needs.
import { TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { createCluster } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { clustersQuery, sessionQuery } from '../../api/queries.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Form } from '../../parts/form.tsx';
import { refusedToAddCluster } from '../../session/capabilities.ts';
import styles from './page.module.css';

interface ClusterFormProps {
  readonly onDone: (added: { readonly kubeconfig: string }) => void;
}

const ClusterForm = ({ onDone }: ClusterFormProps): ReactNode => {
  const [name, setName] = useState('');
  const [server, setServer] = useState('');
  const body = { name: name.trim(), ...(server.trim() === '' ? {} : { server: server.trim() }) };
  return (
    <Form
      verb="Add"
      deed={() => call(createCluster, { body })}
      changes={[clustersQuery.queryKey]}
      onDone={onDone}
    >
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
    </Form>
  );
};

const Kubeconfig = ({ text }: { readonly text: string }): ReactNode => (
  <div className={styles['sections']}>
    <p>
      Keep this now: it holds the cluster’s credential and is not shown again. Save it on the control plane,
      and start the API server with <code>--audit-webhook-config-file</code> and the path of that file.
    </p>
    <CodeBlock label="Audit webhook configuration" text={text} />
  </div>
);

const Adding = (): ReactNode => {
  const [kubeconfig, setKubeconfig] = useState<string>();
  return kubeconfig === undefined ? (
    <ClusterForm onDone={(added) => setKubeconfig(added.kubeconfig)} />
  ) : (
    <Kubeconfig text={kubeconfig} />
  );
};

export const AddCluster = (): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <DialogButton
      label="Add a cluster"
      refused={refusedToAddCluster(session)}
      title="Add a cluster"
      dialogSize="lg"
    >
      {() => <Adding />}
    </DialogButton>
  );
};
