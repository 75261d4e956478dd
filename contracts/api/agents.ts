// Endpoints on the agents' port (7443): registration, batches, heartbeats, audit webhooks.
import Type from 'typebox';
import { BatchReceipt } from '../fleet/batch.ts';
import { DesiredExtensions, ExtensionExchange } from '../fleet/extension.ts';
import { Heartbeat } from '../fleet/heartbeat.ts';
import { IssuedCertificate, RegistrationRequest, RenewalRequest } from '../fleet/registration.ts';
import { endpoint } from './endpoint.ts';

export const register = endpoint({
  id: 'register',
  method: 'POST',
  path: '/v1/registrations',
  access: 'registration',
  summary: 'Exchange a registration token for a client certificate',
  body: RegistrationRequest,
  response: IssuedCertificate,
});

export const renew = endpoint({
  id: 'renew',
  method: 'POST',
  path: '/v1/renewals',
  access: 'agent',
  summary: 'Exchange a client certificate that still holds for a new one',
  body: RenewalRequest,
  response: IssuedCertificate,
});

/** 413 too large, 415 unknown encoding, 400 cut or unreadable, 429 or 503 with Retry-After when the log is full. */
export const sendBatch = endpoint({
  id: 'sendBatch',
  method: 'POST',
  path: '/v1/batches',
  access: 'agent',
  summary: 'Hand over a batch of events; 200 once it is durable',
  consumes: 'application/x-ndjson',
  response: BatchReceipt,
});

export const sendHeartbeat = endpoint({
  id: 'sendHeartbeat',
  method: 'POST',
  path: '/v1/heartbeats',
  access: 'agent',
  summary: 'How the node is, and what it lost',
  body: Heartbeat,
  response: Type.Object({ nextInMs: Type.Integer({ minimum: 1000 }) }),
});

/** Answered with 101; after it the hub sends its requests as an HTTP/2 client on the connection that the agent dialled. */
export const openTunnel = endpoint({
  id: 'openTunnel',
  method: 'GET',
  path: '/v1/tunnel',
  access: 'agent',
  summary: "Upgrade to a tunnel in which the hub's requests reach the cluster's API server",
});

/** Asked by the agent of a connected cluster every half minute, and at once when the hub rings in its tunnel. */
export const exchangeExtensions = endpoint({
  id: 'exchangeExtensions',
  method: 'POST',
  path: '/v1/extensions',
  access: 'agent',
  summary: 'What has become of the extensions of a cluster; answered with those that are wanted',
  body: ExtensionExchange,
  response: DesiredExtensions,
});

/** Only where an extension that has nodes is wanted. The two made last hold, so that nobody is caught between them. */
export const makeNodeToken = endpoint({
  id: 'makeNodeToken',
  method: 'POST',
  path: '/v1/node-tokens',
  access: 'agent',
  summary: 'Make a token with which the nodes of the asking cluster register, for a day',
  response: Type.Object({ token: Type.String(), expiresAt: Type.String() }),
});

/** Body: an `audit.k8s.io` EventList, as an API server's audit webhook sends it. */
export const sendAudit = endpoint({
  id: 'sendAudit',
  method: 'POST',
  path: '/v1/audit/{cluster}',
  access: 'cluster',
  summary: "Take a batch of a cluster's audit events; analysed in passing, never stored",
  consumes: 'application/json',
  response: BatchReceipt,
});
