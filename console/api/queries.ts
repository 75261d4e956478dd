// What the pages ask of the hub, each with its cache key.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type AlertPage,
  getAlert,
  getInventory,
  getRule,
  getRuleFile,
  getSession,
  getStatus,
  listAlerts,
  listClusters,
  listDeadLetters,
  listDestinations,
  listExtensions,
  listNodes,
  listObjects,
  listRuleCases,
  listRuleFileVersions,
  listRules,
  listSuppressions,
  type ObjectPage,
  previewSuppression,
  type Severity,
  type SuppressionMatch,
  severities,
} from '@yagura/contracts';
import { type AlertFilter, toAlertQuery } from '../alerts/filter.ts';
import { type ObjectFilter, toObjectQuery } from '../inventory/object-filter.ts';
import { call } from './client.ts';

const fleetRefreshMs = 5_000;
const statusRefreshMs = 10_000;
const pageSize = 50;

export const keys = {
  session: ['session'],
  alerts: ['alerts'],
  alertLists: ['alerts', 'list'],
  alertCounts: ['alerts', 'counts'],
  alert: (id: string) => ['alert', id],
} as const;

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call(getSession, { signal }),
  staleTime: 30_000,
});

export const alertListQuery = (filter: AlertFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.alertLists, filter],
    queryFn: ({ pageParam, signal }): Promise<AlertPage> => {
      const query = toAlertQuery(filter, Date.now());
      const cursor = pageParam === '' ? {} : { cursor: pageParam };
      return call(listAlerts, { query: { ...query, ...cursor, limit: pageSize }, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** How many alerts of each severity the filter leaves, whatever severity it asks for itself. */
export const alertCountsQuery = (filter: AlertFilter) => {
  const { severity: _, ...others } = filter;
  return queryOptions({
    queryKey: [...keys.alertCounts, others],
    queryFn: async ({ signal }): Promise<SeverityCounts> => {
      const query = toAlertQuery(others, Date.now());
      const totals = severities.map(async (severity) => {
        const page = await call(listAlerts, { query: { ...query, severity, limit: 1 }, signal });
        return [severity, page.total] as const;
      });
      return Object.fromEntries(await Promise.all(totals)) as Record<Severity, number>;
    },
    placeholderData: keepPreviousData,
  });
};

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: keys.alert(id),
    queryFn: ({ signal }) => call(getAlert, { params: { id }, signal }),
  });

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => call(listRules, { signal }),
  staleTime: 10_000,
});

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['rule', id],
    queryFn: ({ signal }) => call(getRule, { params: { id }, signal }),
  });

export const ruleCasesQuery = (id: string) =>
  queryOptions({
    queryKey: ['rule-cases', id],
    queryFn: ({ signal }) => call(listRuleCases, { params: { id }, signal }),
  });

export const ruleFileQuery = (name: string, version?: number) =>
  queryOptions({
    queryKey: ['rule-file', name, version],
    queryFn: ({ signal }) =>
      call(getRuleFile, { params: { name }, query: version === undefined ? {} : { version }, signal }),
  });

export const ruleFileVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['rule-file-versions', name],
    queryFn: ({ signal }) => call(listRuleFileVersions, { params: { name }, signal }),
  });

export const nodesQuery = queryOptions({
  queryKey: ['nodes'],
  queryFn: ({ signal }) => call(listNodes, { signal }),
  refetchInterval: fleetRefreshMs,
});

export const clustersQuery = queryOptions({
  queryKey: ['clusters'],
  queryFn: ({ signal }) => call(listClusters, { signal }),
  refetchInterval: fleetRefreshMs,
});

export const extensionsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['extensions', cluster],
    queryFn: ({ signal }) => call(listExtensions, { params: { name: cluster }, signal }),
    refetchInterval: fleetRefreshMs,
  });

export const inventoryQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['inventory', cluster],
    queryFn: ({ signal }) => call(getInventory, { params: { cluster }, signal }),
    refetchInterval: fleetRefreshMs,
  });

const objectPageSize = 100;

export const objectListQuery = (cluster: string, filter: ObjectFilter) =>
  infiniteQueryOptions({
    queryKey: ['objects', cluster, filter],
    queryFn: ({ pageParam, signal }): Promise<ObjectPage> => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam };
      const query = { ...toObjectQuery(filter), ...cursor, limit: objectPageSize };
      return call(listObjects, { params: { cluster }, query, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const suppressionsQuery = queryOptions({
  queryKey: ['suppressions'],
  queryFn: ({ signal }) => call(listSuppressions, { signal }),
});

export const suppressionPreviewQuery = (match: SuppressionMatch) =>
  queryOptions({
    queryKey: ['suppressions', 'preview', match],
    queryFn: ({ signal }) => call(previewSuppression, { query: match, signal }),
    placeholderData: keepPreviousData,
  });

export const destinationsQuery = queryOptions({
  queryKey: ['destinations'],
  queryFn: ({ signal }) => call(listDestinations, { signal }),
  refetchInterval: fleetRefreshMs,
});

export const deadLettersQuery = (destination: string) =>
  queryOptions({
    queryKey: ['dead-letters', destination],
    queryFn: ({ signal }) => call(listDeadLetters, { query: { destination }, signal }),
  });

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => call(getStatus, { signal }),
  refetchInterval: statusRefreshMs,
});
