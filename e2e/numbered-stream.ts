// A stream of numbered process events, as a collector would send them to the publisher's socket.
import { randomBytes } from 'node:crypto';
import type { ProcessStarted } from '@yagura/contracts';
import { createBlockSender } from '@yagura/kit';

const sentPerTick = 500;
const tickMs = 20;
const pendingLimitBytes = 256 * 1024 * 1024;

export interface NumberedStream {
  /** [default: as many as there is time for until `signal` fires] */
  readonly count?: number;
  readonly signal?: AbortSignal;
  /** Events that share a container make one alert. */
  readonly perContainer: number;
  readonly socketPath: string;
  /** Called with how many were handed over so far, after each tick; may wait. */
  readonly onProgress?: (sent: number) => Promise<void> | void;
  readonly perTick?: number;
  /** Random bytes in each event, which no compression takes out again. */
  readonly ballastBytes?: number;
}

/** Sends all of them and waits until the publisher has acknowledged every one. Resolves with how many they were. */
export async function sendNumberedEvents(stream: NumberedStream): Promise<number> {
  const log = { info() {}, warn() {} };
  let lost = 0;
  await using sender = createBlockSender({
    socketPath: stream.socketPath,
    limitBytes: pendingLimitBytes,
    log,
    onLoss: (_kind, count) => {
      lost += count;
    },
  });
  const { perTick = sentPerTick, count = Number.POSITIVE_INFINITY, signal } = stream;
  let sent = 0;
  while (sent < count && !signal?.aborted) {
    const until = Math.min(sent + perTick, count);
    for (; sent < until; sent++) {
      sender.send(JSON.stringify(numberedEvent(sent, stream)), 'process.started');
    }
    await stream.onProgress?.(sent);
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await sender.flush();
  if (lost > 0) throw new Error(`the sender itself dropped ${lost} events`);
  return sent;
}

function numberedEvent(number: number, { perContainer, ballastBytes = 0 }: NumberedStream): ProcessStarted {
  const container = String(Math.floor(number / perContainer))
    .padStart(12, '0')
    .padEnd(64, '0');
  return {
    kind: 'process.started',
    id: `numbered-${number}`,
    time: new Date().toISOString(),
    container: { id: container },
    process: {
      pid: 1000 + number,
      tid: 1000 + number,
      ppid: 1,
      uid: 0,
      gid: 0,
      name: 'numbered',
      executable: { path: '/bin/numbered', upperLayer: false },
      args: ['numbered', String(number), randomBytes(ballastBytes).toString('base64')],
      argsCut: false,
      capabilities: '0',
      cgroupId: '1',
      namespaces: {},
    },
  };
}
