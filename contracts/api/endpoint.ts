// One constant per endpoint: the hub routes by it, the clients call by it, the OpenAPI document is made from it.
import type { Static, TSchema } from 'typebox';
import type { Permission } from './permission.ts';

/**
 * Who may call: a `Permission` (console, CLI, API tokens; port 7080), `'session'` (anyone signed in), `'open'` (no
 * credential), `'agent'` (client certificate; port 7443), `'registration'` (registration token in the body; port
 * 7443) or `'cluster'` (a cluster's audit credential; port 7443).
 */
export type Access = Permission | 'session' | 'open' | 'agent' | 'registration' | 'cluster';

export interface Endpoint {
  /** Unique; the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `{name}` for parameters, `{+name}` for one that takes all the rest. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Fields at the top of the body that are secret: the trail of changes does not hold them. */
  readonly secrets?: readonly string[];
  /** `undefined`: 204 without a body, or a stream that `produces` names. */
  readonly response?: TSchema;
  readonly produces?:
    | 'text/event-stream'
    | 'text/plain'
    | 'application/yaml'
    | 'application/x-ndjson'
    | 'application/json';
  /** Of the JSON body, where 64 KiB are not enough. */
  readonly maxBodyBytes?: number;
  /** Only looks, though it is no GET: it leaves no entry in the trail. */
  readonly changesNothing?: true;
  /** Writes its own entry into the trail, before it does anything. */
  readonly recordsItself?: true;
  readonly consumes?: 'application/x-ndjson' | 'application/json';
}

export const endpoint = <const E extends Endpoint>(definition: E): E => definition;

type Of<T> = T extends TSchema ? Static<T> : undefined;
export type QueryOf<E extends Endpoint> = E extends { query: infer Q } ? Of<Q> : undefined;
export type BodyOf<E extends Endpoint> = E extends { body: infer B } ? Of<B> : undefined;
export type ResponseOf<E extends Endpoint> = E extends { response: infer R } ? Of<R> : undefined;

/** Every error answer of the hub, with its status code: `code` is in docs/reference/errors.md. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly mend?: string };
}
