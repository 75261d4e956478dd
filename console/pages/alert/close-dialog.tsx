// Asks why an alert is closed.
import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type Alert, type AlertSummary, type CloseReason, closeAlert } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import styles from '../../alerts/close-form.module.css';
import { CloseReasons, maxComment } from '../../alerts/close-reasons.tsx';
import { call } from '../../api/client.ts';
import { Problem } from '../../parts/problem.tsx';

interface CloseDialogProps {
  readonly alert: AlertSummary;
  readonly isOpen: boolean;
  readonly onCancel: () => void;
  readonly onClosed: (alert: Alert) => void;
}

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
        <CloseReasons reason={reason} onChange={setReason} />
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
