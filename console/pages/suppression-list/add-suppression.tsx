// Asks what to suppress, who answers for it, why and for how long, and shows what it would have hidden.
import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import {
  createSuppression,
  type SuppressionMatch,
  type SuppressionPreview,
  suppressionFields,
} from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery, suppressionPreviewQuery, suppressionsQuery } from '../../api/queries.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Form } from '../../parts/form.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToSuppress } from '../../session/capabilities.ts';
import styles from './add-suppression.module.css';

const dayMs = 86_400_000;
const [defaultDays, mostDays] = [30, 365];

const withoutBlanks = (match: SuppressionMatch): SuppressionMatch =>
  Object.fromEntries(Object.entries(match).filter(([, value]) => value.trim() !== ''));

const previewText = ({ matched, days, total, notice }: SuppressionPreview): string =>
  `Would have kept ${matched} of the last ${days} days’ ${total} alerts from view.${notice === undefined ? '' : ` But ${notice}.`}`;

const Preview = ({ match }: { readonly match: SuppressionMatch }): ReactNode => {
  const { data, error } = useQuery(suppressionPreviewQuery(match));
  if (error) return <Problem error={error} />;
  return <p role="status">{data === undefined ? 'Counting…' : previewText(data)}</p>;
};

interface FieldsProps {
  readonly match: SuppressionMatch;
  readonly onChange: (match: SuppressionMatch) => void;
}

const Fields = ({ match, onChange }: FieldsProps): ReactNode =>
  suppressionFields.map((field, index) => (
    <TextInput
      key={field}
      size="xs"
      data-autofocus={index === 0 || undefined}
      label={field.charAt(0).toUpperCase() + field.slice(1)}
      placeholder="Any"
      maxLength={256}
      value={match[field] ?? ''}
      onChange={(event) => onChange({ ...match, [field]: event.currentTarget.value })}
    />
  ));

interface SuppressionFormProps {
  readonly initial: SuppressionMatch;
  readonly onDone: () => void;
}

const SuppressionForm = ({ initial, onDone }: SuppressionFormProps): ReactNode => {
  const [match, setMatch] = useState(initial);
  const [owner, setOwner] = useState('');
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number | string>(defaultDays);
  const suppress = (): Promise<unknown> => {
    const expiresAt = new Date(Date.now() + Number(days) * dayMs).toISOString();
    return call(createSuppression, { body: { match: withoutBlanks(match), owner, reason, expiresAt } });
  };
  return (
    <Form verb="Suppress" deed={suppress} changes={[suppressionsQuery.queryKey]} onDone={onDone}>
      <p>Alerts that fit all of these, each exact or with * and ?.</p>
      <div className={styles['fields']}>
        <Fields match={match} onChange={setMatch} />
      </div>
      <Preview match={withoutBlanks(match)} />
      <TextInput
        label="Owner"
        required
        maxLength={128}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
      />
      <Textarea
        label="Reason"
        required
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NumberInput
        label="Days until it ends"
        required
        min={1}
        max={mostDays}
        allowDecimal={false}
        value={days}
        onChange={setDays}
      />
    </Form>
  );
};

export const AddSuppression = ({ match }: { readonly match: SuppressionMatch }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const refused = refusedToSuppress(session);
  return (
    <DialogButton
      label="Suppress alerts"
      refused={refused}
      title="Suppress alerts"
      dialogSize="lg"
      startsOpen={refused === undefined && Object.keys(match).length > 0}
    >
      {(close) => <SuppressionForm initial={match} onDone={close} />}
    </DialogButton>
  );
};
