// The loopback ends of the simulated attacks: a web server with a harmless script, and a listener for a shell.
import { createServer as createWebServer, type Server as WebServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Listeners } from './scenario.ts';

const harmlessScript = 'echo simulated by yagura\n';

/** Listens on free loopback ports until it is disposed of. */
export class LoopbackListeners implements Listeners, AsyncDisposable {
  readonly #web: WebServer;
  readonly #shell: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#web = createWebServer((_request, response) => response.end(harmlessScript));
    this.#shell = createServer((socket) => this.#dismiss(socket));
  }

  static async open(): Promise<LoopbackListeners> {
    const listeners = new LoopbackListeners();
    await Promise.all([listen(listeners.#web), listen(listeners.#shell)]);
    return listeners;
  }

  get web(): { port: number } {
    return { port: (this.#web.address() as AddressInfo).port };
  }

  get shell(): { port: number } {
    return { port: (this.#shell.address() as AddressInfo).port };
  }

  #dismiss(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write('id\nexit\n');
    socket.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#web.closeAllConnections();
    await Promise.all([close(this.#web), close(this.#shell)]);
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
