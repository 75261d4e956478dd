// Reads from the API server over kept connections: answers as streams, refusals as errors, and what it all costs.
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { readAnswerMessage } from './answer-message.ts';
import type { Credentials } from './credentials.ts';
import { gulpsWatermark, readInGulps } from './read-in-gulps.ts';
import { ApiRefusal, ApiUnreachable } from './refusal.ts';

export interface ApiLoad {
  requests: number;
  bytes: number;
  /** Answers 429. */
  throttled: number;
}

export interface Get {
  /** With its query. */
  readonly path: string;
  readonly accept: string;
  /** Without a byte for so long the connection is taken for dead. */
  readonly idleMs: number;
  /** For an answer that goes on for long: how long to wait for more to come with what has come [default 0]. */
  readonly restMs?: number;
  readonly signal: AbortSignal;
}

export interface ApiClient extends Disposable {
  /** Throws ApiRefusal, ApiUnreachable or the signal's reason. What is not read is not sent: that is the bound. */
  get(get: Get): Promise<AsyncIterable<Buffer>>;
  readonly load: Readonly<ApiLoad>;
}

const maxSockets = 32;

export function createApiClient({ server, token, ...tls }: Credentials, userAgent: string): ApiClient {
  const agent = new Agent({ ...tls, ...gulpsWatermark, keepAlive: true, maxSockets, minVersion: 'TLSv1.2' });
  const load: ApiLoad = { requests: 0, bytes: 0, throttled: 0 };
  return {
    load,
    async get(get) {
      load.requests += 1;
      const headers = {
        accept: get.accept,
        'user-agent': userAgent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token()}` }),
      };
      const answer = await send(new URL(get.path, server), { agent, headers, get });
      const status = answer.statusCode ?? 0;
      if (status === 200) return counted(readInGulps(answer, { restMs: 0, ...get }), load);
      if (status === 429) load.throttled += 1;
      throw new ApiRefusal({
        status,
        path: get.path,
        message: await readAnswerMessage(answer),
        retryAfter: answer.headers['retry-after'],
      });
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

interface Sending {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly get: Get;
}

function send(url: URL, { agent, headers, get }: Sending): Promise<IncomingMessage> {
  const { signal, idleMs } = get;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, headers, signal, timeout: idleMs }, resolve);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing was heard for ${idleMs} ms`)));
    outgoing.on('error', (cause) =>
      reject(signal.aborted ? signal.reason : new ApiUnreachable(cause.message, { cause })),
    );
    outgoing.end();
  });
}

async function* counted(chunks: AsyncIterable<Buffer>, load: ApiLoad): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) {
      load.bytes += chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw new ApiUnreachable((cause as Error).message, { cause });
  }
}
