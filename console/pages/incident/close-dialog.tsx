// Asks why an incident is closed, and whether its alerts are closed with it.
import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CloseReason, closeIncident, type Incident } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import styles from '../../alerts/close-form.module.css';
import { CloseReasons, maxComment } from '../../alerts/close-reasons.tsx';
import { call } from '../../api/client.ts';
import { keys } from '../../api/queries.ts';
import { refreshIncident } from '../../incidents/queries.ts';
import { Problem } from '../../parts/problem.tsx';

interface CloseDialogProps {
  readonly incident: Incident;
  readonly isOpen: boolean;
  readonly onDone: () => void;
}

export const CloseDialog = ({ incident, isOpen, onDone }: CloseDialogProps): ReactNode => {
  const client = useQueryClient();
  const [reason, setReason] = useState<CloseReason>('resolved');
  const [comment, setComment] = useState('');
  const [closeAlerts, setCloseAlerts] = useState(true);
  const close = useMutation({
    mutationFn: () => {
      const note = comment.trim();
      const body = { reason, closeAlerts, ...(note === '' ? {} : { comment: note }) };
      return call(closeIncident, { params: { id: incident.id }, body });
    },
    onSuccess: () => {
      refreshIncident(client, incident.id);
      void client.invalidateQueries({ queryKey: keys.alerts });
      for (const { alert } of incident.timeline)
        void client.invalidateQueries({ queryKey: keys.alert(alert.id) });
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    close.mutate();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onDone}
      title="Close this incident"
      closeButtonProps={{ 'aria-label': 'Cancel' }}
    >
      <form onSubmit={submit} className={styles['form']}>
        <CloseReasons reason={reason} onChange={setReason} />
        <Textarea
          label="Comment"
          description="Kept with the incident, for whoever reads it next."
          autosize
          minRows={3}
          maxRows={8}
          maxLength={maxComment}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Checkbox
          label="Close its open alerts too, with the same reason"
          checked={closeAlerts}
          onChange={(event) => setCloseAlerts(event.currentTarget.checked)}
        />
        <Problem error={close.error} />
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={close.isPending}>
            Close incident
          </Button>
        </div>
      </form>
    </Modal>
  );
};
