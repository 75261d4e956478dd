// A small HTTP proxy that knows CONNECT only, as they stand between clusters and the world.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** `host:port`, one for each connection that was asked for. */
  readonly asked: readonly string[];
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer((_request, response) => void response.writeHead(405).end());
  server.on('connect', (request, client, head) => {
    asked.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream: Socket = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one) && other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const one of open) one.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
