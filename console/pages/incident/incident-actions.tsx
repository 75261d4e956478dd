// Taking an incident, closing it, opening it again; who may not is told why.
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { assignIncident, type Incident, reopenIncident } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { refreshIncident } from '../../incidents/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToWorkOn } from '../../session/capabilities.ts';
import { CloseIncident } from './close-incident.tsx';

interface PartProps {
  readonly incident: Incident;
}

const Take = ({ incident }: PartProps): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const isMine = incident.owner === session.user;
  const assign = useMutation({
    mutationFn: () =>
      call(assignIncident, { params: { id: incident.id }, body: { owner: isMine ? '' : session.user } }),
    onSuccess: () => refreshIncident(client, incident.id),
  });
  return (
    <>
      <Problem error={assign.error} />
      <ActionButton
        label={isMine ? 'Give back' : 'Assign to me'}
        variant="default"
        loading={assign.isPending}
        refused={refusedToWorkOn(session, incident, 'take')}
        onClick={() => assign.mutate()}
      />
    </>
  );
};

const Reopen = ({ incident }: PartProps): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const reopen = useMutation({
    mutationFn: () => call(reopenIncident, { params: { id: incident.id } }),
    onSuccess: () => refreshIncident(client, incident.id),
  });
  return (
    <>
      <Problem error={reopen.error} />
      <ActionButton
        label="Reopen"
        variant="default"
        loading={reopen.isPending}
        refused={refusedToWorkOn(session, incident, 'reopen')}
        onClick={() => reopen.mutate()}
      />
    </>
  );
};

const Close = ({ incident }: PartProps): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <DialogButton
      label="Close incident"
      variant="filled"
      refused={refusedToWorkOn(session, incident, 'close')}
      title="Close this incident"
    >
      {(close) => <CloseIncident incident={incident} onDone={close} />}
    </DialogButton>
  );
};

export const IncidentActions = ({ incident }: PartProps): ReactNode => (
  <>
    <Take incident={incident} />
    {incident.status === 'closed' ? <Reopen incident={incident} /> : <Close incident={incident} />}
  </>
);
