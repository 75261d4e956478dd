// Reads a runtime's state file: bounded, checked against a schema, undefined when it is not there.
import { open } from 'node:fs/promises';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';

/** A runtime specification with many mounts has some ten thousand bytes. */
const fileLimitBytes = 2 * 1024 * 1024;

export async function readJson<const S extends TSchema>(
  path: string,
  schema: S,
): Promise<Static<S> | undefined> {
  const text = await readBounded(path);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return Value.Check(schema, value) ? value : undefined;
}

async function readBounded(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > fileLimitBytes) throw new Error(`${path} is larger than ${fileLimitBytes} bytes`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
