// What the pages ask of the hub about incidents, each with its cache key.
import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import { getIncident, type IncidentPage, listIncidents } from '@yagura/contracts';
import { call } from '../api/client.ts';
import { type IncidentFilter, toIncidentQuery } from './filter.ts';

const pageSize = 50;

export const incidentKeys = {
  all: ['incidents'],
  lists: ['incidents', 'list'],
  one: (id: string) => ['incidents', 'one', id],
  ofAlerts: ['incidents', 'of-alert'],
} as const;

export const incidentListQuery = (filter: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: [...incidentKeys.lists, filter],
    queryFn: ({ pageParam, signal }): Promise<IncidentPage> => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam };
      return call(listIncidents, {
        query: { ...toIncidentQuery(filter), ...cursor, limit: pageSize },
        signal,
      });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: incidentKeys.one(id),
    queryFn: ({ signal }) => call(getIncident, { params: { id }, signal }),
  });

export const incidentsOfAlertQuery = (alert: string) =>
  queryOptions({
    queryKey: [...incidentKeys.ofAlerts, alert],
    queryFn: ({ signal }) => call(listIncidents, { query: { alert, limit: 5 }, signal }),
  });

/** It is new or another: what shows it asks again. */
export function refreshIncident(client: QueryClient, id: string): void {
  for (const queryKey of [incidentKeys.lists, incidentKeys.one(id), incidentKeys.ofAlerts])
    void client.invalidateQueries({ queryKey });
}
