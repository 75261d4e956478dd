// Proves that the hub can be reached and is the one of our authority, without registering and without a certificate.
import { AgentError } from './errors.ts';
import { callHub, jsonOf } from './hub-client.ts';

export interface ContactOptions {
  readonly hub: string;
  /** PEM of the hub's certificate authority. */
  readonly authority: string;
  readonly proxy: string | undefined;
}

const timeoutMs = 15_000;

/** Resolves when a hub answered over TLS. Throws HUB_UNUSABLE: no way there, another authority, or no hub. */
export async function checkContact(
  { hub, authority, proxy }: ContactOptions,
  signal: AbortSignal,
): Promise<void> {
  const tls = { ca: authority, ...(proxy === undefined ? {} : { proxy }) };
  const answer = await callHub({ url: hub, tls }, 'sendHeartbeat', { body: '{}', signal, timeoutMs });
  // A hub refuses whoever brings no certificate, with a code; another server has none.
  if (answer.status !== 401 || codeOf(jsonOf(answer)) === undefined)
    throw new AgentError('HUB_UNUSABLE', `${hub} answers with status ${answer.status}, as no hub does`);
}

const codeOf = (value: unknown): unknown => (value as { error?: { code?: unknown } } | null)?.error?.code;
