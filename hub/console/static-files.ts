// Reads the built console once, and answers from memory: whole, compressed where it pays, and with a tag.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface StaticFile {
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the content, so that it never changes. */
  readonly isImmutable: boolean;
  readonly body: Buffer<ArrayBuffer>;
  /** Compressed when first asked for. */
  compressed(encoding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>>;
}

export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A build of the console has some dozens of files and a few megabytes. */
const maxFiles = 2_000;
const maxFileBytes = 32 * 1024 * 1024;

/** By path from the folder, with a leading slash; undefined if there is no `index.html`. */
export async function readStaticFiles(folder: string): Promise<StaticFiles | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, StaticFile>();
  for (const entry of entries.filter((one) => one.isFile()).slice(0, maxFiles)) {
    const path = join(entry.parentPath, entry.name);
    if ((await stat(path)).size > maxFileBytes) continue;
    const name = `/${relative(folder, path).replaceAll(sep, '/')}`;
    files.set(name, toFile(name, await readFile(path)));
  }
  return files.has('/index.html') ? files : undefined;
}

function toFile(name: string, body: Buffer<ArrayBuffer>): StaticFile {
  const compressed = new Map<string, Promise<Buffer<ArrayBuffer>>>();
  return {
    type: types[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    isImmutable: name.startsWith('/assets/'),
    body,
    compressed(encoding) {
      const known = compressed.get(encoding);
      if (known !== undefined) return known;
      const made = compress(body, encoding);
      compressed.set(encoding, made);
      return made;
    },
  };
}

/** Nearly as small as the best, in a twentieth of its time. */
const brotliQuality = 6;

const compress = (body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>> =>
  encoding === 'gzip'
    ? promisify(gzip)(body)
    : promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } });
