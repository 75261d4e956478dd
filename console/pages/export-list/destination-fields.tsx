// The fields of a destination: those of all kinds, then those of its own.
import { NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { severities, syslogProtocols } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { type Draft, formatsOf } from './destination-draft.ts';

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

type TextKey = 'url' | 'signingKey' | 'authorization';

const secrets: Readonly<Record<TextKey, { readonly label: string; readonly description: string }>> = {
  url: { label: 'URL', description: 'May hold a token; it is not shown again.' },
  signingKey: { label: 'Signing key', description: 'Optional. Each request is then signed with it.' },
  authorization: { label: 'Authorization header', description: 'Optional, such as “Bearer …”.' },
};

const Secret = ({ field, draft, onChange }: FieldsProps & { readonly field: TextKey }): ReactNode => (
  <PasswordInput
    {...secrets[field]}
    required={field === 'url'}
    autoComplete="off"
    maxLength={2048}
    value={draft[field]}
    onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
  />
);

const Authority = ({ draft, onChange }: FieldsProps): ReactNode => (
  <Textarea
    label="Private authority"
    description="Optional. The PEM of the authority that signed the server’s certificate."
    maxLength={32_768}
    value={draft.ca}
    onChange={(event) => onChange({ ...draft, ca: event.currentTarget.value })}
  />
);

const Syslog = ({ draft, onChange }: FieldsProps): ReactNode => (
  <>
    <TextInput
      label="Host"
      required
      maxLength={253}
      value={draft.host}
      onChange={(event) => onChange({ ...draft, host: event.currentTarget.value })}
    />
    <NativeSelect
      label="Protocol"
      data={syslogProtocols.map((value) => ({ value, label: value.toUpperCase() }))}
      value={draft.protocol}
      onChange={(event) => {
        const protocol = syslogProtocols.find((each) => each === event.currentTarget.value);
        if (protocol) onChange({ ...draft, protocol, ca: protocol === 'tls' ? draft.ca : '' });
      }}
    />
    <NumberInput
      label="Port"
      description="6514 for TLS, 601 for TCP and 514 for UDP unless given."
      min={1}
      max={65_535}
      allowDecimal={false}
      value={draft.port}
      onChange={(port) => onChange({ ...draft, port: String(port) })}
    />
    {draft.protocol === 'tls' && <Authority draft={draft} onChange={onChange} />}
  </>
);

const OwnFields = (props: FieldsProps): ReactNode => {
  switch (props.draft.type) {
    case 'webhook':
      return (
        <>
          <Secret field="url" {...props} />
          <Secret field="signingKey" {...props} />
          <Secret field="authorization" {...props} />
          <Authority {...props} />
        </>
      );
    case 'slack':
      return <Secret field="url" {...props} />;
    case 'syslog':
      return <Syslog {...props} />;
    case 'file':
      return <p>Appended to a file of that name in the folder “exports” of the hub’s data.</p>;
  }
};

const filters = {
  clusters: { label: 'Clusters', placeholder: 'prod-*' },
  namespaces: { label: 'Namespaces', placeholder: 'shop, pay-*' },
  rules: { label: 'Rules', placeholder: 'exec-*' },
} as const;

const Filters = ({ draft, onChange }: FieldsProps): ReactNode =>
  (['clusters', 'namespaces', 'rules'] as const).map((field) => (
    <TextInput
      key={field}
      {...filters[field]}
      description="Names or globs, parted by commas; all unless given."
      maxLength={4096}
      value={draft[field]}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  ));

export const DestinationFields = ({ draft, onChange }: FieldsProps): ReactNode => {
  const formats = formatsOf[draft.type];
  return (
    <>
      <TextInput
        label="Name"
        description="Lower-case letters, digits and dashes."
        required
        maxLength={63}
        pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <OwnFields draft={draft} onChange={onChange} />
      {formats.length > 1 && (
        <NativeSelect
          label="Format"
          data={formats.map((value) => ({ value, label: value.toUpperCase() }))}
          value={draft.format}
          onChange={(event) => {
            const format = formats.find((each) => each === event.currentTarget.value);
            if (format) onChange({ ...draft, format });
          }}
        />
      )}
      <NativeSelect
        label="Least severity"
        data={[{ value: '', label: 'Any' }, ...severities]}
        value={draft.minSeverity}
        onChange={(event) => {
          const minSeverity = severities.find((each) => each === event.currentTarget.value) ?? '';
          onChange({ ...draft, minSeverity });
        }}
      />
      <Filters draft={draft} onChange={onChange} />
    </>
  );
};
