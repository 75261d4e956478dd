// The hub's settings: flags, YAGURA_… variables, or a file.
import { defaultIncidentSettings, type IncidentSettings } from '@yagura/detection';
import Type, { type Static } from 'typebox';

const address = (description: string, port: number) =>
  Type.String({
    description,
    default: `127.0.0.1:${port}`,
    pattern: '^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):\\d{1,5}$',
  });
const days = (description: string, byDefault: number) =>
  Type.Number({ description, default: byDefault, exclusiveMinimum: 0, maximum: 36_500 });

export const HubConfig = Type.Object({
  data: Type.String({ description: 'folder of all data', default: '.yagura', minLength: 1 }),
  api: address('address of console and API', 7080),
  agents: address('address for nodes and clusters', 7443),
  agentNames: Type.Array(Type.String(), {
    description: 'host names and addresses under which nodes and clusters reach the hub',
    default: [],
  }),
  console: Type.Optional(Type.String({ description: 'folder of the built console' })),
  publicUrl: Type.Optional(
    Type.String({
      description: 'where people open the console, behind a proxy',
      pattern: '^https?://[^/]+/?$',
    }),
  ),
  tlsCert: Type.Optional(Type.String({ description: 'certificate of the API, PEM file' })),
  tlsKey: Type.Optional(Type.String({ description: 'its key, PEM file' })),
  rules: Type.Array(Type.String(), {
    description: 'folder of rules, or a rule file, beside the built-in ones',
    default: [],
  }),
  lists: Type.Array(Type.String(), {
    description: 'folder of lists that stand in for the built-in ones, such as addresses of Tor exits',
    default: [],
  }),
  auditFile: Type.Optional(Type.String({ description: 'audit log of an API server on this machine' })),
  auditCluster: Type.Optional(Type.String({ description: 'name of its cluster' })),
  databaseUrl: Type.Optional(
    Type.String({ description: "PostgreSQL to use instead of the hub's own; also DATABASE_URL" }),
  ),
  eventLogBytes: Type.Integer({
    description: 'limit of events that wait for detection',
    default: 1024 * 1024 * 1024,
    minimum: 1024 * 1024,
  }),
  inventoryObjects: Type.Integer({
    description: 'objects kept of each cluster, those that are gone included; 1 KB each',
    default: 300_000,
    minimum: 100,
  }),
  closedAlertDays: days('how long closed alerts are kept', 90),
  occurrenceDays: days('how long a repeated event is recognised', 30),
  incidentGapMinutes: Type.Number({
    description: 'alerts further apart than this are not put together to an incident',
    default: 60,
    exclusiveMinimum: 0,
    maximum: 1440,
  }),
  incidentHours: Type.Number({
    description: 'how long one incident lasts at the most; what comes later begins another',
    default: 24,
    exclusiveMinimum: 0,
    maximum: 720,
  }),
  clusterOfflineMinutes: Type.Number({
    description: 'a connected cluster without a heartbeat for this long is offline',
    default: 15,
    exclusiveMinimum: 0,
    maximum: 1440,
  }),
  auditSilentMinutes: Type.Number({
    description: 'a cluster whose audit log brought nothing for this long has fallen silent',
    default: 60,
    exclusiveMinimum: 0,
    maximum: 10_080,
  }),
  maxAgents: Type.Integer({
    description: 'nodes and clusters that may be registered in all',
    default: 10_000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  trailDays: days('how long the trail of changes is kept', 365),
});
export type HubConfig = Static<typeof HubConfig>;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Of a text that the schema has passed. */
export function parseAddress(text: string): Address {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

export const incidentSettings = (config: HubConfig): IncidentSettings => ({
  ...defaultIncidentSettings,
  gapMs: config.incidentGapMinutes * 60_000,
  spanMs: config.incidentHours * 60 * 60_000,
});
