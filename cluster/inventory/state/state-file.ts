// Where a resource stands, on disk, so that a restart goes on from there instead of listing all again.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { KeyBook } from './key-book.ts';

export interface Place {
  /** Of the watch. */
  readonly resourceVersion: string;
  readonly generation: string;
  /** Milliseconds since the epoch. */
  readonly generationSince: number;
}

export interface Standing extends Place {
  readonly book: KeyBook;
}

const format = 1;
const maxBytes = 64 * 1024 * 1024;

/** Text of the file as of now: cheap enough to hold for a moment, some 100 bytes for each object. */
export function standingText({ book, ...place }: Standing): string {
  const lines = [JSON.stringify({ format, ...place, objects: book.size }), ...book.lines()];
  return `${lines.join('\n')}\n`;
}

export function writeStanding(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** `undefined` where there is none, or none that can be trusted; then all is listed. */
export function readStanding(path: string): Standing | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > maxBytes) throw new Error('too large');
    const [head = '', ...lines] = text.split('\n');
    const { objects, ...place } = JSON.parse(head) as Place & { format: number; objects: number };
    const book = new KeyBook();
    for (const line of lines) if (line !== '') book.restore(line);
    if (place.format !== format || book.size !== objects) throw new Error('not whole');
    if (typeof place.resourceVersion !== 'string' || typeof place.generation !== 'string')
      throw new Error('no place');
    return { ...place, book };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') rmSync(path, { force: true });
    return undefined;
  }
}
