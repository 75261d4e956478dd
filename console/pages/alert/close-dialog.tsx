// Asks why an alert is closed.
import { Button, Modal, Radio, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Alert, type AlertSummary, type CloseReason, closeAlert, closeReasons } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { Problem } from '../../parts/problem.tsx';
import styles from './close-dialog.module.css';

const maxComment = 2000;
const words: Record<CloseReason, readonly [label: string, meaning: string]> = {
  resolved: ['Resolved', 'It was real, and has been dealt with.'],
  benign: ['Benign', 'It happened, and was meant to.'],
  'false-positive': ['False positive', 'The rule was wrong: it did not happen.'],
  duplicate: ['Duplicate', 'Another alert tells the same.'],
  test: ['Test', 'Somebody was testing.'],
};

interface CloseDialogProps {
  readonly alert: AlertSummary;
  readonly isOpen: boolean;
  readonly onCancel: () => void;
  readonly onClosed: (alert: Alert) => void;
}

interface ReasonsProps {
  readonly reason: CloseReason;
  readonly onChange: (reason: CloseReason) => void;
}

const Reasons = ({ reason, onChange }: ReasonsProps): ReactNode => (
  <Radio.Group label="Reason" value={reason} onChange={(value) => onChange(value as CloseReason)}>
    <div className={styles['reasons']}>
      {closeReasons.map((value) => (
        <Radio key={value} size="sm" value={value} label={words[value][0]} description={words[value][1]} />
      ))}
    </div>
  </Radio.Group>
);

export const CloseDialog = ({ alert, isOpen, onCancel, onClosed }: CloseDialogProps): ReactNode => {
  const [reason, setReason] = useState<CloseReason>('resolved');
  const [comment, setComment] = useState('');
  const close = useMutation({
    mutationFn: () => {
      const note = comment.trim();
      const body = note === '' ? { reason } : { reason, comment: note };
      return call(closeAlert, { params: { id: alert.id }, body });
    },
    onSuccess: onClosed,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    close.mutate();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onCancel}
      title="Close this alert"
      closeButtonProps={{ 'aria-label': 'Cancel' }}
    >
      <form onSubmit={submit} className={styles['form']}>
        <Reasons reason={reason} onChange={setReason} />
        <Textarea
          label="Comment"
          description="Kept with the alert, for whoever reads it next."
          autosize
          minRows={3}
          maxRows={8}
          maxLength={maxComment}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Problem error={close.error} />
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={close.isPending}>
            Close alert
          </Button>
        </div>
      </form>
    </Modal>
  );
};
