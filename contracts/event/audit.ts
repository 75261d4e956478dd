// One request to a Kubernetes API server, normalised from whatever log it came in.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';

/** What is wrong or missing in a record, so that a rule and a reader know how far to trust it. */
export const AuditQuality = Type.Object({
  truncated: Type.Optional(Type.Boolean({ description: 'the record was cut; fields may be missing' })),
  statusInferred: Type.Optional(Type.Boolean({ description: 'the status code was derived, not logged' })),
  noGroups: Type.Optional(Type.Boolean({ description: "the provider's log carries no groups" })),
  noReads: Type.Optional(Type.Boolean({ description: "the provider's log carries no get, list or watch" })),
  legacy: Type.Optional(Type.Boolean({ description: 'older than audit.k8s.io/v1' })),
  noBody: Type.Optional(
    Type.Boolean({ description: 'request and response objects are missing or were dropped' }),
  ),
});
export type AuditQuality = Static<typeof AuditQuality>;

/** `audit.k8s.io/v1` Event as far as rules may rely on it; objects inside are as the API server wrote them. */
export interface AuditRequest {
  readonly auditID: string;
  readonly level?: string;
  readonly stage: string;
  readonly verb: string;
  readonly requestURI?: string;
  readonly user?: AuditUser;
  readonly impersonatedUser?: AuditUser;
  readonly sourceIPs?: readonly string[];
  readonly userAgent?: string;
  readonly objectRef?: AuditObjectRef;
  readonly responseStatus?: { readonly code?: number; readonly reason?: string; readonly message?: string };
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
  readonly requestReceivedTimestamp?: string;
  readonly stageTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
export interface AuditUser {
  readonly username?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}
export interface AuditObjectRef {
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly apiGroup?: string;
  readonly apiVersion?: string;
  readonly resourceVersion?: string;
}

export const auditProviders = ['kubernetes', 'aks', 'eks', 'gke'] as const;
export const AuditProvider = literals(auditProviders);
export type AuditProvider = Static<typeof AuditProvider>;

/** Shape on the wire. `request` is checked only as far as ids and verb; the rest is outside data that rules read with care. */
export const ApiRequested = Type.Object({
  kind: Type.Literal('api.requested'),
  id: Type.String({
    minLength: 1,
    maxLength: 256,
    description: 'cluster, auditID, when it was received, and stage',
  }),
  time: Type.String({ maxLength: 40 }),
  cluster: Type.Optional(Type.String({ maxLength: 253 })),
  provider: AuditProvider,
  quality: AuditQuality,
  request: Type.Object({
    auditID: Type.String({ maxLength: 128 }),
    stage: Type.String({ maxLength: 32 }),
    verb: Type.String({ maxLength: 64 }),
  }),
});
export type ApiRequested = Omit<Static<typeof ApiRequested>, 'request'> & { request: AuditRequest };
