// Calls the hub by endpoint constant: the types of path, query, body and answer come from the contract.
import type { BodyOf, Endpoint, QueryOf, ResponseOf } from '@yagura/contracts';
import { address, type PathParameters, type QueryValues } from './address.ts';
import { ApiError, isErrorBody, ownError } from './errors.ts';

export interface CallInput<E extends Endpoint> {
  readonly params?: PathParameters<E['path']>;
  readonly query?: QueryOf<E>;
  readonly body?: BodyOf<E>;
  readonly signal?: AbortSignal;
}

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    throw ownError('UNREADABLE_ANSWER', response.status);
  }
};

const refusal = async (response: Response): Promise<ApiError> => {
  const answer = await readJson(response);
  return isErrorBody(answer)
    ? new ApiError({ status: response.status, ...answer.error })
    : ownError('UNREADABLE_ANSWER', response.status);
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw ownError('HUB_UNREACHABLE', 0);
  }
};

/** Rejects with `ApiError`, whatever went wrong. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E> = {},
): Promise<ResponseOf<E>> {
  const url = address(endpoint.path, input.params ?? {}, (input.query ?? {}) as QueryValues);
  const response = await send(url, {
    method: endpoint.method,
    headers: input.body === undefined ? {} : { 'content-type': 'application/json' },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  });
  if (!response.ok) throw await refusal(response);
  // The hub checks what it sends against the same schema; the console does not do it a second time.
  return (endpoint.response === undefined ? undefined : await readJson(response)) as ResponseOf<E>;
}
