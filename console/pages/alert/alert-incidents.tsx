// The incidents that an alert is in; nothing where it is in none.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { incidentsOfAlertQuery } from '../../incidents/queries.ts';
import { plural } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';

export const AlertIncidents = ({ id }: { readonly id: string }): ReactNode => {
  const { data } = useQuery(incidentsOfAlertQuery(id));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title={data.total === 1 ? 'Incident' : 'Incidents'}>
      {data.items.map((incident) => (
        <p key={incident.id}>
          <AppLink href={urls.incident(incident.id)}>{incident.title}</AppLink>
          <br />
          Score {incident.score}, {plural(incident.alerts, 'alert')}
        </p>
      ))}
    </Section>
  );
};
