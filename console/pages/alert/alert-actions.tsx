// Closing an alert, or opening it again; who may not is told why.
import { type QueryClient, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type Alert, type AlertSummary, closeAlert, reopenAlert } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { CloseForm } from '../../alerts/close-form.tsx';
import { call } from '../../api/client.ts';
import { keys, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToClose, refusedToReopen } from '../../session/capabilities.ts';

const show = (client: QueryClient, alert: Alert): void => {
  client.setQueryData(keys.alert(alert.id), alert);
  void client.invalidateQueries({ queryKey: keys.alerts });
};

const Reopen = ({
  alert,
  refused,
}: {
  readonly alert: AlertSummary;
  readonly refused: string | undefined;
}): ReactNode => {
  const client = useQueryClient();
  const reopen = useMutation({
    mutationFn: () => call(reopenAlert, { params: { id: alert.id } }),
    onSuccess: (changed) => show(client, changed),
  });
  return (
    <>
      <Problem error={reopen.error} />
      <ActionButton
        label="Reopen"
        variant="default"
        loading={reopen.isPending}
        refused={refused}
        onClick={() => reopen.mutate()}
      />
    </>
  );
};

export const AlertActions = ({ alert }: { readonly alert: AlertSummary }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  if (alert.status === 'closed') return <Reopen alert={alert} refused={refusedToReopen(session, alert)} />;
  return (
    <DialogButton
      label="Close alert"
      variant="filled"
      refused={refusedToClose(session, alert)}
      title="Close this alert"
    >
      {(close) => (
        <CloseForm
          noun="alert"
          deed={(closing) => call(closeAlert, { params: { id: alert.id }, body: closing })}
          onDone={(changed) => {
            close();
            show(client, changed);
          }}
        />
      )}
    </DialogButton>
  );
};
