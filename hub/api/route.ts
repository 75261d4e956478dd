// A route: an endpoint constant and the function that answers it.
import type { BodyOf, Endpoint, QueryOf } from '@yagura/contracts';
import type { Static, TSchema } from 'typebox';
import type { Principal } from './principal.ts';

type NamesIn<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** `undefined` only where the endpoint is open to anyone. */
type PrincipalOf<E extends Endpoint> = E extends { access: 'open' } ? Principal | undefined : Principal;

export interface Call<E extends Endpoint> {
  readonly params: Readonly<Record<NamesIn<E['path']>, string>>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly principal: PrincipalOf<E>;
  readonly request: Request;
  /** Address of the other side, for limits; a proxy's if there is one. */
  readonly remote: string;
  /** For answers that need more than 200 and a body. */
  readonly reply: Reply;
}

export interface Reply {
  status: number;
  readonly headers: Headers;
}

/** An endpoint with a `response` returns that; one that `produces` something else a Response; the others nothing. */
type AnswerOf<E extends Endpoint> = E extends { response: infer R extends TSchema }
  ? Static<R>
  : E extends { produces: string }
    ? Response
    : undefined;

export interface Route {
  readonly endpoint: Endpoint;
  /** Called with what `endpoint` promises; the binder checks it. */
  readonly handle: (call: Call<Endpoint>) => Promise<unknown>;
}

export const route = <const E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<AnswerOf<E>>,
): Route => ({ endpoint, handle: handle as unknown as Route['handle'] });
