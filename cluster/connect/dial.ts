// Dials the hub and turns the connection into a tunnel.
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Duplex } from 'node:stream';
import { AgentError, type HubConnection, reasonOf } from '@yagura/agent';
import { openTunnel, tunnelProtocol } from '@yagura/contracts';
import { agentTls, readBody } from '@yagura/kit';

/** The hub does not take this certificate. */
export class TunnelRefused extends Error {}

const timeoutMs = 15_000;
const maxAnswerBytes = 64 * 1024;

/** Throws TunnelRefused, HUB_UNUSABLE, or the signal's reason. */
export function dial({ url, tls }: HubConnection, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(openTunnel.path, url), {
      method: openTunnel.method,
      agent: new Agent({ ...agentTls(tls), keepAlive: false }),
      headers: { connection: 'Upgrade', upgrade: tunnelProtocol },
    });
    const stop = (): void => void outgoing.destroy(signal.reason as Error);
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    signal.addEventListener('abort', stop, { once: true });
    outgoing.once('error', (error) => {
      settle();
      reject(signal.aborted ? signal.reason : unusable(error));
    });
    outgoing.once('upgrade', (_answer, socket, head) => {
      settle();
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    outgoing.once('response', (answer) => {
      settle();
      refusalOf(answer).then(reject, (error: Error) => reject(unusable(error)));
    });
    outgoing.end();
  });
}

const unusable = (error: Error): AgentError =>
  new AgentError('HUB_UNUSABLE', `tunnel: ${error.message || (error as NodeJS.ErrnoException).code}`, {
    cause: error,
  });

async function refusalOf(answer: IncomingMessage): Promise<Error> {
  const status = answer.statusCode ?? 0;
  const body = await readBody(answer, maxAnswerBytes);
  const reason = reasonOf({ status, headers: answer.headers, body });
  if (status === 401 || status === 403) return new TunnelRefused(reason);
  return new AgentError('HUB_UNUSABLE', `tunnel: ${reason}`);
}
