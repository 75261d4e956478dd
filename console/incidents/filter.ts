// The filter of the incident list: how it is read from the page's address, and asked of the hub.
import { type IncidentQuery, isSeverity, type Severity } from '@yagura/contracts';

export const incidentStatusChoices = ['open', 'closed', 'all'] as const;
export type IncidentStatusChoice = (typeof incidentStatusChoices)[number];

export interface IncidentFilter {
  readonly status: IncidentStatusChoice;
  readonly severity?: Severity | undefined;
  readonly owner?: string | undefined;
}

const isChoice = (value: unknown): value is IncidentStatusChoice =>
  incidentStatusChoices.includes(value as IncidentStatusChoice);

/** What an address says, without what it says wrongly. */
export function parseIncidentFilter(search: Readonly<Record<string, unknown>>): IncidentFilter {
  const { status, severity, owner } = search;
  return {
    status: isChoice(status) ? status : 'open',
    severity: isSeverity(severity) ? severity : undefined,
    owner: typeof owner === 'string' && owner !== '' ? owner : undefined,
  };
}

/** The address keeps what differs from the plain list: all open incidents. */
export const incidentSearch = ({
  status,
  severity,
  owner,
}: Partial<IncidentFilter>): Record<string, string | undefined> => ({
  status: status === 'open' ? undefined : status,
  severity,
  owner,
});

export const toIncidentQuery = ({ status, severity, owner }: IncidentFilter): IncidentQuery => ({
  ...(status === 'all' ? {} : { status }),
  ...(severity === undefined ? {} : { severity }),
  ...(owner === undefined ? {} : { owner }),
});
