// The place of the socket in the file system: a stale one goes, a living one and anything else stays.
import { lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { SensorError } from '../errors.ts';

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}

/** Throws SOCKET_TAKEN if someone listens there, or if it is no socket. */
export async function freeSocketPath(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isSocket()) throw new SensorError('SOCKET_TAKEN', `${path} exists and is no socket`);
  if (await answers(path)) throw new SensorError('SOCKET_TAKEN', `another publisher listens on ${path}`);
  unlinkSync(path);
}
