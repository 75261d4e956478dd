// One part of what rules remember, as it is kept and as it travels: JSON, compressed outside of the event loop.
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { StatePart } from '@yagura/detection';

export interface MemoryPart {
  readonly rule: string;
  readonly cluster: string;
  /** zstd of the part's JSON. */
  readonly body: Buffer;
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Some times what the limits of a rule's memory come to. */
export const partLimitBytes: number = 64 * 1024 * 1024;

export async function encodePart(part: StatePart): Promise<MemoryPart> {
  const { rule, cluster } = part;
  return { rule, cluster, body: await compress(JSON.stringify(part), level) };
}

/** Undefined for what is no part; what is in it, the memory itself checks. */
export async function decodePart(body: Buffer): Promise<StatePart | undefined> {
  try {
    const text = await decompress(body, { maxOutputLength: partLimitBytes });
    return toPart(JSON.parse(text.toString('utf8')));
  } catch {
    return undefined;
  }
}

export function toPart(value: unknown): StatePart | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { rule, cluster, shape, memory, recent } = value as Record<string, unknown>;
  if (typeof rule !== 'string' || typeof cluster !== 'string' || typeof shape !== 'string') return undefined;
  return { rule, cluster, shape, memory, recent };
}
