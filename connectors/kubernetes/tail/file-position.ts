// How far an audit file was read, and how to recognise that file again after it was renamed, copied or truncated.
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConnectorError } from '../errors.ts';

export interface FilePosition {
  readonly inode: string;
  readonly offset: number;
  /** Hash over the file's first bytes: an inode number is used again for another file, a beginning is not. */
  readonly fingerprint: { readonly bytes: number; readonly hash: string };
  /** Where the batch ends that was begun from here: a restart makes the same one, which is then known again. */
  readonly batchEnd?: number;
}

/** Enough to reach the auditID of the first record. */
export const fingerprintBytes = 1024;

export async function readStart(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(bytes, fingerprintBytes));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  return buffer.subarray(0, bytesRead);
}

export function fingerprintOf(start: Buffer): FilePosition['fingerprint'] {
  return { bytes: start.length, hash: createHash('sha256').update(start).digest('hex') };
}

/** Whether the file begins as it did when the position was taken and still reaches up to it. */
export async function holdsPosition(file: FileHandle, position: FilePosition): Promise<boolean> {
  const { size } = await file.stat();
  if (size < position.offset) return false;
  const start = await readStart(file, position.fingerprint.bytes);
  return fingerprintOf(start).hash === position.fingerprint.hash;
}

export async function readCheckpoint(path: string): Promise<FilePosition | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isPosition(value) ? value : undefined;
  } catch {
    // No checkpoint, or half of one: reading from the start costs time, never an event.
    return undefined;
  }
}

const isOffset = (value: unknown, max: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

function isPosition(value: unknown): value is FilePosition {
  const position = value as Partial<FilePosition> | null;
  return (
    typeof position?.inode === 'string' &&
    isOffset(position.offset, Number.MAX_SAFE_INTEGER) &&
    isOffset(position.fingerprint?.bytes, fingerprintBytes) &&
    (position.batchEnd === undefined || isOffset(position.batchEnd, Number.MAX_SAFE_INTEGER)) &&
    typeof position.fingerprint?.hash === 'string'
  );
}

export interface Durability {
  /** Over a power cut, too; else over the end of this process. */
  readonly isSynced: boolean;
}

/** Durable before it returns, and never half written. */
export async function writeCheckpoint(
  path: string,
  position: FilePosition,
  { isSynced }: Durability,
): Promise<void> {
  const next = `${path}.next`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(next, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(position));
      if (isSynced) await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, path);
  } catch (error) {
    throw new ConnectorError('AUDIT_CHECKPOINT_UNWRITABLE', path, { cause: error });
  }
}
