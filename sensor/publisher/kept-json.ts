// A small file that outlives a kill of this process: read once, written whole whenever what it holds changes.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';

export interface Kept<T> {
  /** `undefined` where there is none, or none that can be trusted. */
  read(): T | undefined;
  /** Not waited for on disk: a power cut may cost it. */
  write(value: T): void;
}

export interface KeptJsonOptions<S extends TSchema> {
  readonly path: string;
  readonly schema: S;
  /** After each write; `error`: the file holds what it held before. */
  readonly onWritten: (error: unknown) => void;
}

export const openKeptJson = <S extends TSchema>({
  path,
  schema,
  onWritten,
}: KeptJsonOptions<S>): Kept<Static<S>> => ({
  read() {
    try {
      const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
      return Value.Check(schema, value) ? value : undefined;
    } catch {
      return undefined;
    }
  },
  write(value) {
    try {
      writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
      renameSync(`${path}.new`, path);
      onWritten(undefined);
    } catch (error) {
      onWritten(error);
    }
  },
});
