// A client of the API server for tests: JSON over kept connections, as the cluster's administrator or as who is named.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly contentType?: string;
  /** What the answer is to be [default: JSON, whole]. */
  readonly accept?: string;
  readonly timeoutMs?: number;
}

/** A refusal or an answer that is no success. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiClient extends Disposable {
  /** The answer's body, parsed when it is JSON. Rejects with `ApiError` for anything but a success. */
  readonly call: <T = unknown>(path: string, call?: Call) => Promise<T>;
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
  readonly users: readonly {
    readonly user: {
      readonly token?: string;
      readonly 'client-certificate-data'?: string;
      readonly 'client-key-data'?: string;
    };
  }[];
}

const decode = (text = ''): string => Buffer.from(text, 'base64').toString();
const defaultTimeoutMs = 30_000;

/** Reads a kubeconfig of this folder's own making, which is JSON. */
export async function createApiClient(kubeconfigFile: string, connections = 16): Promise<ApiClient> {
  const config = JSON.parse(await readFile(kubeconfigFile, 'utf8')) as Kubeconfig;
  const [cluster, user] = [config.clusters[0]?.cluster, config.users[0]?.user];
  if (cluster === undefined || user === undefined)
    throw new Error(`${kubeconfigFile} names no cluster or user`);
  const agent = new Agent({
    ca: decode(cluster['certificate-authority-data']),
    ...(user.token ? {} : certificateOf(user)),
    keepAlive: true,
    maxSockets: connections,
  });
  const authorization = user.token ? { authorization: `Bearer ${user.token}` } : {};
  return {
    call: async <T>(path: string, call: Call = {}): Promise<T> => {
      const response = await send(new URL(path, cluster.server), { ...call, agent, headers: authorization });
      const body = await text(response);
      const isJson = response.headers['content-type']?.includes('json') ?? false;
      const status = response.statusCode ?? 0;
      if (status >= 400)
        throw new ApiError(status, `${call.method ?? 'GET'} ${path}: ${status} ${body.slice(0, 1000)}`);
      return (isJson ? JSON.parse(body) : body) as T;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

const certificateOf = (user: Kubeconfig['users'][number]['user']): { cert: string; key: string } => ({
  cert: decode(user['client-certificate-data']),
  key: decode(user['client-key-data']),
});

interface Sending extends Call {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

function send(url: URL, sending: Sending): Promise<IncomingMessage> {
  const { method = 'GET', body, contentType = 'application/json', timeoutMs = defaultTimeoutMs } = sending;
  const { accept = 'application/json' } = sending;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        agent: sending.agent,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...sending.headers,
          accept,
          ...(payload === undefined
            ? {}
            : { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
        },
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
