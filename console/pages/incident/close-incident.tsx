// Asks why an incident is closed, and whether its alerts are closed with it.
import { Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { closeIncident, type Incident } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { CloseForm } from '../../alerts/close-form.tsx';
import { call } from '../../api/client.ts';
import { keys } from '../../api/queries.ts';
import { refreshIncident } from '../../incidents/queries.ts';

interface CloseIncidentProps {
  readonly incident: Incident;
  readonly onDone: () => void;
}

export const CloseIncident = ({ incident, onDone }: CloseIncidentProps): ReactNode => {
  const client = useQueryClient();
  const [closeAlerts, setCloseAlerts] = useState(true);
  const refresh = (): void => {
    refreshIncident(client, incident.id);
    void client.invalidateQueries({ queryKey: keys.alerts });
    for (const { alert } of incident.timeline)
      void client.invalidateQueries({ queryKey: keys.alert(alert.id) });
  };
  return (
    <CloseForm
      noun="incident"
      deed={(closing) =>
        call(closeIncident, { params: { id: incident.id }, body: { ...closing, closeAlerts } })
      }
      onDone={() => {
        refresh();
        onDone();
      }}
    >
      <Checkbox
        label="Close its open alerts too, with the same reason"
        checked={closeAlerts}
        onChange={(event) => setCloseAlerts(event.currentTarget.checked)}
      />
    </CloseForm>
  );
};
