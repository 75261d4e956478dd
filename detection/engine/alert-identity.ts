// When two events are the same alert, and when two records are the same occurrence.
import { hash } from 'node:crypto';
import type { AlertSource, Event } from '@yagura/contracts';
import { bindField } from '../compile/bind-field.ts';
import type { Reading } from '../compile/reading.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import { rememberLast } from '../fields/remember-last.ts';

const bind = (name: string): BoundField => {
  const found = bindField(name);
  if (!found.ok) throw new Error(found.message);
  return found.bound;
};

/** Pods of one deployment, and the same program run again in one container, are one alert each. */
const defaults: Readonly<Record<AlertSource, readonly BoundField[]>> = {
  k8s_audit: [
    'ka.user.name',
    'ka.target.resource',
    'ka.target.subresource',
    'ka.target.namespace',
    'ka.target.workload',
  ].map(bind),
  syscall: ['evt.hostname', 'container.id', 'proc.exepath'].map(bind),
};

export const dedupeFields = (source: AlertSource, own: readonly BoundField[]): readonly BoundField[] =>
  own.length > 0 ? own : defaults[source];

type Read = Pick<Reading, 'event' | 'data'>;

const idLength = 32;

/** Most matches are further occurrences of an alert that there was a moment ago. */
const ids = new Map<string, string>();
const maxIds = 4_096;
const maxIdentityChars = 1_024;

/** The same rule, cluster and entity values give the same id, on any hub and after any restart. */
export function alertIdOf(rule: string, { event, data }: Read, fields: readonly BoundField[]): string {
  const values = fields.map((field) => field.read(event, data) ?? null);
  const identity = JSON.stringify([rule, event.cluster ?? null, values]);
  const known = ids.get(identity);
  if (known !== undefined) return known;
  const id = hash('sha256', identity).slice(0, idLength);
  if (ids.size >= maxIds) ids.clear();
  if (identity.length <= maxIdentityChars) ids.set(identity, id);
  return id;
}

/**
 * One request is one occurrence though the API server writes a record at each of its stages. The audit id alone does
 * not tell requests apart: a client may choose it by the header `Audit-ID`, and give all of its requests the same one.
 * When the API server received it is the server's own. Entries of GKE have times of their own, so there it is the URI.
 */
export const occurrenceIdOf: (event: Event) => string = rememberLast((event: Event) => {
  if (event.kind !== 'api.requested' || !event.request.auditID) return event.id;
  const { auditID, requestReceivedTimestamp, requestURI, verb } = event.request;
  const own = event.provider === 'gke' ? `${verb} ${requestURI ?? ''}` : (requestReceivedTimestamp ?? '');
  return `${event.cluster ?? ''}/${auditID}/${own}`;
});
