// What an API server is to a watcher: lists, watches and bookmarks over HTTPS, with pods only. It makes any number of changes.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { podObject } from './pod-object.ts';
import { makeServerKey } from './server-key.ts';

export interface WatchServer extends AsyncDisposable {
  /** JSON, which is YAML, too. */
  readonly kubeconfig: string;
  /** Writes a pod into every watch of pods. */
  change(index: number, turn: string): void;
}

export async function startWatchServer(pods: number): Promise<WatchServer> {
  const { cert, key } = await makeServerKey();
  const watches = new Set<ServerResponse>();
  let version = pods;
  const server = createServer({ cert, key }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://bench');
    const isPods = pathname === '/api/v1/pods';
    response.setHeader('content-type', 'application/json');
    if (!searchParams.has('watch')) {
      response.end(JSON.stringify({ metadata: { resourceVersion: String(version) }, items: [] }));
      return;
    }
    const isInitial = searchParams.get('sendInitialEvents') === 'true';
    if (isInitial && isPods)
      for (let index = 0; index < pods; index += 1)
        response.write(lineOf('ADDED', podObject({ index, version: index + 1, turn: 'first' })));
    response.write(lineOf('BOOKMARK', bookmark(version, isInitial)));
    // After the objects that there are, who asked for them asks for changes in a request of its own.
    if (!isPods || isInitial) return;
    watches.add(response);
    response.on('close', () => watches.delete(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    kubeconfig: kubeconfigOf(server, cert),
    change(index, turn) {
      version += 1;
      const line = lineOf('MODIFIED', podObject({ index, version, turn }));
      for (const watch of watches) watch.write(line);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const lineOf = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;

const bookmark = (version: number, isInitial: boolean): object => ({
  metadata: {
    resourceVersion: String(version),
    ...(isInitial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  },
});

function kubeconfigOf(server: Server, cert: string): string {
  const { port } = server.address() as AddressInfo;
  const authority = Buffer.from(cert).toString('base64');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority };
  return JSON.stringify({
    'current-context': 'bench',
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
    clusters: [{ name: 'bench', cluster }],
    users: [{ name: 'bench', user: { token: 'bench' } }],
  });
}
