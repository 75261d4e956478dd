// A batch: some blocks of the spool, oldest first, as one body; and how to cut it in two.
import { batchContentType, batchHeaders, batchLimits } from '@yagura/contracts';
import type { Block } from '@yagura/kit';
import { countKinds } from '../spool/line-kind.ts';
import { joinFrames, linesOf, packLines, unpack } from '../spool/packed-lines.ts';

export interface BatchBlock {
  readonly seq: number;
  /** Of a block that was cut: which piece, as in 3, 3a, 3ab. */
  readonly part: string;
  readonly lines: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly body: Uint8Array;
}

export interface Batch {
  readonly id: string;
  readonly blocks: readonly BatchBlock[];
  readonly lines: number;
}

/** What one batch takes from the spool: small enough for a publisher with little memory. */
export const batchTarget = {
  blocks: 512,
  packedBytes: 768 * 1024,
  rawBytes: batchLimits.inflatedBytes / 2,
  lines: batchLimits.lines,
} as const;

const nameOf = ({ seq, part }: BatchBlock): string => `${seq}${part}`;

/** The same blocks make the same id, also after a restart, so that the hub knows a batch that comes again. */
export function toBatch(prefix: string, blocks: readonly BatchBlock[]): Batch {
  const [first, last] = [blocks[0], blocks.at(-1)];
  const range = first && last ? `${nameOf(first)}-${nameOf(last)}` : 'empty';
  return { id: `${prefix}.${range}`, blocks, lines: blocks.reduce((sum, block) => sum + block.lines, 0) };
}

/** As many of the oldest blocks as fit; at least one. */
export function chooseBlocks(oldest: readonly Block[]): readonly BatchBlock[] {
  const chosen: BatchBlock[] = [];
  let [lines, rawBytes] = [0, 0];
  for (const { seq, lines: blockLines, kinds, body } of oldest) {
    lines += blockLines;
    rawBytes += rawBytesOf(body);
    if (chosen.length > 0 && (lines > batchTarget.lines || rawBytes > batchTarget.rawBytes)) break;
    chosen.push({ seq, part: '', lines: blockLines, kinds, body });
  }
  return chosen;
}

const rawBytesOf = (body: Uint8Array): number => (body.length < 5 ? 0 : unpack(body).rawBytes);

export interface EncodedBatch {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function encodeBatch({ id, blocks, lines }: Batch): EncodedBatch {
  const headers = {
    'content-type': batchContentType,
    'content-encoding': 'zstd',
    [batchHeaders.id]: id,
    [batchHeaders.lines]: String(lines),
  };
  return { headers, body: joinFrames(blocks.map((block) => unpack(block.body))) };
}

/** Two halves by blocks; a single block by its lines. `undefined` if it is one line, or unreadable. */
export function halve(prefix: string, { blocks }: Batch): readonly [Batch, Batch] | undefined {
  if (blocks.length > 1) {
    const middle = blocks.length >> 1;
    return [toBatch(prefix, blocks.slice(0, middle)), toBatch(prefix, blocks.slice(middle))];
  }
  const [block] = blocks;
  if (!block || block.lines < 2) return undefined;
  const lines = readLines(block);
  if (!lines || lines.length < 2) return undefined;
  const middle = lines.length >> 1;
  return [
    toBatch(prefix, [piece(block, 'a', lines.slice(0, middle))]),
    toBatch(prefix, [piece(block, 'b', lines.slice(middle))]),
  ];
}

function readLines(block: BatchBlock): readonly string[] | undefined {
  try {
    return linesOf(block.body);
  } catch {
    return undefined;
  }
}

const piece = (block: BatchBlock, part: string, lines: readonly string[]): BatchBlock => ({
  seq: block.seq,
  part: block.part + part,
  lines: lines.length,
  kinds: countKinds(lines),
  body: packLines(lines),
});
