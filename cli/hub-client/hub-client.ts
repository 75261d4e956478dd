// Calls endpoints of a hub by their constants.
import type { BodyOf, Endpoint, QueryOf, ResponseOf } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import type { HubAddress } from './locate-hub.ts';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

export interface CallInput<E extends Endpoint> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Partial<NonNullable<QueryOf<E>>>;
  readonly body?: BodyOf<E>;
}

export interface HubClient {
  readonly url: string;
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<ResponseOf<E>>;
  /** For bodies that are no JSON; the answer is good, and not read yet. No time-out: the signal ends it. */
  raw<E extends Endpoint>(
    endpoint: E,
    input: Pick<CallInput<E>, 'query'> & { readonly ndjson?: string },
  ): Promise<Response>;
  /** Events of a stream; ends when the hub closes it, throws when it breaks. */
  stream<E extends Endpoint>(
    endpoint: E,
    input: Pick<CallInput<E>, 'query'> & { readonly signal: AbortSignal },
  ): AsyncIterable<ServerSentEvent>;
}

const timeoutMs = 30_000;

function target(address: HubAddress, endpoint: Endpoint, input: CallInput<Endpoint>): URL {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ''),
  );
  const url = new URL(`${address.url}${path}`);
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}

/** Codes of OpenSSL and Node: self-signed, unknown issuer, expired, or for another name. */
const certificateCode = /SELF_SIGNED|UNABLE_TO|CERT_|ALTNAME/;

const isOfCertificate = (cause: unknown): boolean =>
  certificateCode.test(String((cause as NodeJS.ErrnoException | undefined)?.code ?? ''));

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
    const code = isOfCertificate(cause) ? 'HUB_UNTRUSTED' : 'HUB_UNREACHABLE';
    throw new CliError(code, `${url.origin}: ${reason}`, { cause: error });
  }
}

async function refusal(response: Response): Promise<CliError> {
  const text = await response.text().catch(() => '');
  const told = parseError(text);
  const detail = told?.message ?? text.slice(0, 200);
  return new CliError('HUB_REFUSED', `${response.status} ${told?.code ?? ''} ${detail}`.trim(), {
    ...(told?.mend === undefined ? {} : { mend: told.mend }),
  });
}

function parseError(text: string): { code?: string; message?: string; mend?: string } | undefined {
  try {
    return (JSON.parse(text) as { error?: { code?: string; message?: string; mend?: string } }).error;
  } catch {
    return undefined;
  }
}

export function createHubClient(address: HubAddress, signal: AbortSignal): HubClient {
  const headers = { authorization: `Bearer ${address.token}` };
  return {
    url: address.url,
    async call<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<ResponseOf<E>> {
      const hasBody = input.body !== undefined;
      const response = await send(target(address, endpoint, input as CallInput<Endpoint>), {
        method: endpoint.method,
        headers: hasBody ? { ...headers, 'content-type': 'application/json' } : headers,
        ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (!response.ok) throw await refusal(response);
      return (response.status === 204 ? undefined : await response.json()) as ResponseOf<E>;
    },
    async raw(endpoint, { ndjson, ...input }) {
      const response = await send(target(address, endpoint, input as CallInput<Endpoint>), {
        method: endpoint.method,
        ...(ndjson === undefined
          ? { headers }
          : { headers: { ...headers, 'content-type': 'application/x-ndjson' }, body: ndjson }),
        signal,
      });
      if (!response.ok) throw await refusal(response);
      return response;
    },
    async *stream(endpoint, { signal: streamSignal, ...input }) {
      const response = await send(target(address, endpoint, input as CallInput<Endpoint>), {
        headers: { ...headers, accept: 'text/event-stream' },
        signal: AbortSignal.any([signal, streamSignal]),
      });
      if (!response.ok || response.body === null) throw await refusal(response);
      yield* readServerSentEvents(response.body);
    },
  };
}
