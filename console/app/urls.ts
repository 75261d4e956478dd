// Every address inside the console. Nothing else writes a path.
import type { SuppressionMatch } from '@yagura/contracts';
import { type AlertFilter, filterSearch } from '../alerts/filter.ts';
import { queryString } from '../api/address.ts';
import { type IncidentFilter, incidentSearch } from '../incidents/filter.ts';

export const paths = {
  alerts: '/alerts',
  alert: '/alerts/$id',
  incidents: '/incidents',
  incident: '/incidents/$id',
  fleet: '/nodes',
  inventory: '/clusters/$name',
  suppressions: '/suppressions',
  exports: '/exports',
  rules: '/rules',
  rule: '/rules/$id',
  ruleFile: '/rule-files/$name',
  signIn: '/sign-in',
} as const;

/** In place of a name; no file is named so. */
export const newRuleFile = '_new';

export const urls = {
  alerts: (filter: Partial<AlertFilter> = {}): string => paths.alerts + queryString(filterSearch(filter)),
  alert: (id: string): string => `/alerts/${encodeURIComponent(id)}`,
  incidents: (filter: Partial<IncidentFilter> = {}): string =>
    paths.incidents + queryString(incidentSearch(filter)),
  incident: (id: string): string => `/incidents/${encodeURIComponent(id)}`,
  fleet: (): string => paths.fleet,
  inventory: (cluster: string, filter: Readonly<Record<string, string | undefined>> = {}): string =>
    `/clusters/${encodeURIComponent(cluster)}${queryString({ ...filter })}`,
  rules: (filter: Readonly<Record<string, string | undefined>> = {}): string =>
    paths.rules + queryString({ ...filter }),
  suppressions: (match: SuppressionMatch = {}): string => paths.suppressions + queryString(match),
  exports: (): string => paths.exports,
  rule: (id: string): string => `/rules/${encodeURIComponent(id)}`,
  /** `override`: a new file with the text of that rule to begin with. */
  ruleFile: (name: string, override?: string): string =>
    `/rule-files/${encodeURIComponent(name)}${queryString({ override })}`,
  signIn: (returnTo?: string): string =>
    paths.signIn + queryString({ returnTo: returnTo === undefined ? undefined : insideOnly(returnTo) }),
  technique: (id: string): string => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
} as const;

const origin = 'http://console.invalid';

/** A return path from an address bar, so never trusted: only a place in the console, and not the sign-in page. */
export function insideOnly(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/') || !URL.canParse(path, origin)) return undefined;
  const url = new URL(path, origin);
  const isInside = url.origin === origin && url.pathname !== '/' && url.pathname !== paths.signIn;
  return isInside ? url.pathname + url.search : undefined;
}

/** The plain text of the query is the filter: no JSON in it, so that people can read and write it. */
export const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

export const stringifySearch = (search: Readonly<Record<string, unknown>>): string =>
  queryString(Object.fromEntries(Object.entries(search).map(([name, value]) => [name, asText(value)])));

const asText = (value: unknown): string | undefined => (value == null ? undefined : String(value));
