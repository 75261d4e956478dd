// Bytes from a collector into blocks, bounded, and with a reason where they are none.
import { type BlockHeader, type Line, splitLines, wireLimits } from '@yagura/kit';
import { parseBlockHeader } from './block-header.ts';

export type ReadBlock =
  | { readonly ok: true; readonly header: BlockHeader; readonly lines: string[]; readonly tooLong: number }
  | { readonly ok: false; readonly reason: string };

/** Ends after the first thing that is no block: what follows cannot be trusted to begin one. */
export async function* readBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadBlock> {
  const source = splitLines(chunks, { maxLineBytes: wireLimits.lineBytes });
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const header = next.value.ok ? parseBlockHeader(next.value.text) : undefined;
    if (!header) {
      yield { ok: false, reason: 'expected the header of a block' };
      return;
    }
    const block = await readBody(header, source);
    if (!block) return;
    yield block;
    if (!block.ok) return;
  }
}

/** `undefined` if the connection ended within the block: it will be sent again. */
async function readBody(header: BlockHeader, source: AsyncGenerator<Line>): Promise<ReadBlock | undefined> {
  const lines: string[] = [];
  let bytes = 0;
  let tooLong = 0;
  for (let count = 0; count < header.lines; count++) {
    const next = await source.next();
    if (next.done) return undefined;
    if (next.value.ok) {
      lines.push(next.value.text);
      bytes += next.value.text.length;
    } else tooLong += 1;
    if (bytes > wireLimits.blockBytes)
      return { ok: false, reason: `a block of more than ${wireLimits.blockBytes} bytes` };
  }
  return { ok: true, header, lines, tooLong };
}
