// Key and certificate in one file, replaced as a whole, so that they always belong together.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Identity, identityFor, type Owner } from './identity.ts';

const onlyOwner = 0o600;

/** `undefined` if there is none, if it is damaged, or if it belongs to another workspace or node name. */
export function loadIdentity(path: string, owner: Owner): Identity | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return identityFor(text, owner);
}

export function saveIdentity(path: string, identity: Identity): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  const file = openSync(next, 'w', onlyOwner);
  try {
    // A file that was left over keeps its mode on open.
    fchmodSync(file, onlyOwner);
    writeSync(file, JSON.stringify(identity));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
