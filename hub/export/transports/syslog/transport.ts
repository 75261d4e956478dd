// Sends messages to a syslog server over UDP, TCP or TLS.
import { createSocket } from 'node:dgram';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import { HubError } from '../../../errors.ts';
import { isRefusedAddress, lookupOutside, resolveOutside } from '../../outside-address.ts';
import {
  DeliveryError,
  refuseFields,
  requireField,
  type Sender,
  type SenderOptions,
  type Settings,
  type Transport,
  withoutAdvice,
} from '../../transport.ts';
import { cutUtf8, octetCounted, syslogMessage } from './frame.ts';

const timeoutMs = 10_000;
/** How long the other side may take to close; it has the messages by then. */
const closeMs = 2_000;
/** RFC 5426: receivers should take 2,048 bytes; those in use take this. */
const maxDatagramBytes = 8_192;
const ports = { udp: 514, tcp: 601, tls: 6514 } as const;

export const syslog: Transport = {
  type: 'syslog',
  formats: ['cef', 'ocsf', 'json'],
  batchSize: 50,
  read(wish) {
    refuseFields(wish, ['url', 'signingKey', 'authorization']);
    const host = requireField(wish, 'host');
    const { protocol = 'tls', ca } = wish;
    if (!/^[A-Za-z0-9.:_-]+$/.test(host) || isRefusedAddress(host))
      throw new HubError('REQUEST_INVALID', 'host: must be a name or an address that is not link-local');
    if (protocol !== 'tls' && ca !== undefined)
      throw new HubError('REQUEST_INVALID', 'ca: for protocol tls only');
    if (protocol === 'udp' && wish.format !== undefined && wish.format !== 'cef')
      throw new HubError(
        'REQUEST_INVALID',
        'format: a datagram is cut at 8 KiB, which JSON does not survive; use tcp or tls',
      );
    const port = wish.port ?? ports[protocol];
    const target = `${protocol}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    return { target, settings: { host, port, protocol, ...(ca === undefined ? {} : { ca }) }, secrets: {} };
  },
  open: openSyslog,
};

function openSyslog({ settings, now }: SenderOptions): Sender {
  const own = hostname();
  const sendAll = settings['protocol'] === 'udp' ? sendDatagrams : sendStream;
  return {
    async send(messages, signal) {
      signal.throwIfAborted();
      await sendAll(
        settings,
        messages.map((message) => syslogMessage(message, own, now())),
      ).catch((error: Error) => {
        throw new DeliveryError(`${settings['host']}: ${withoutAdvice(error.message)}`, { cause: error });
      });
    },
  };
}

/** Nobody acknowledges a datagram: that it left is all that is known. */
async function sendDatagrams({ host, port }: Settings, lines: readonly string[]): Promise<void> {
  const { address, family } = await resolveOutside(String(host));
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    for (const line of lines)
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send(cutUtf8(line, maxDatagramBytes), Number(port), address, (error) =>
          error ? reject(error) : resolve(),
        );
      });
  } finally {
    socket.close();
  }
}

/**
 * A connection for each batch, closed after it: syslog has no answer, but an orderly close of the other side says that
 * it has read everything, and a reset says that it has not.
 */
function sendStream(settings: Settings, lines: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(settings);
    let closing: NodeJS.Timeout | undefined;
    let failure: Error | undefined;
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no progress within ${timeoutMs} ms`)));
    socket.once(settings['protocol'] === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.resume();
      socket.end(Buffer.concat(lines.map(octetCounted)));
    });
    socket.once('finish', () => {
      closing = setTimeout(() => socket.destroy(), closeMs);
    });
    socket.once('error', (error) => {
      failure = error;
    });
    socket.once('close', () => {
      clearTimeout(closing);
      if (failure) reject(failure);
      else if (socket.writableFinished) resolve();
      else reject(new Error('the connection was closed before everything was sent'));
    });
  });
}

function connect({ host, port, protocol, ca }: Settings): Socket {
  const where = { host: String(host), port: Number(port), lookup: lookupOutside };
  if (protocol !== 'tls') return connectTcp(where);
  const servername = isIP(where.host) === 0 ? { servername: where.host } : {};
  return connectTls({
    ...where,
    ...servername,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: String(ca) }),
  });
}
