// Checks that the hub will be able to listen, before anything is started.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../errors.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

export function parseListenAddress(text: string, option: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port > 65_535) {
    throw new CliError('OPTION_INVALID', `${option} ${JSON.stringify(text)} is not an address`, {
      mend: 'Write host:port, such as 127.0.0.1:7080 or [::1]:7080.',
    });
  }
  return { host, port };
}

function tryListen({ host, port }: ListenAddress): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Waits a little: a hub whose supervisor was killed needs a moment to end. */
export async function requireFree(address: ListenAddress, waitMs: number): Promise<void> {
  const stepMs = 250;
  for (let waitedMs = 0; ; waitedMs += stepMs) {
    const error = await tryListen(address);
    if (error === undefined) return;
    if (error.code === 'EADDRINUSE' && waitedMs < waitMs) {
      await sleep(stepMs);
      continue;
    }
    throw new CliError('PORT_IN_USE', `cannot listen on ${address.host}:${address.port}: ${error.message}`, {
      cause: error,
    });
  }
}
