// Streams the records of an audit file of any size in bounded memory.
import type { AuditGlance } from '@yagura/contracts';
import { createJsonSplitter, type JsonPiece } from './split-json.ts';

export interface ReadAuditOptions {
  /** A record longer than this is skipped and counted; 8 MiB unless told. */
  readonly maxRecordBytes?: number;
  /** See the splitter's. */
  readonly isRuledOut?: (glance: AuditGlance) => boolean;
}

/**
 * Yields a batch of pieces for each chunk, an empty one where the chunk completes none. Takes JSON lines, pretty-printed
 * objects back to back, arrays and EventLists, in any mixture; the reader decides what a record is.
 */
export async function* readAuditLines(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadAuditOptions = {},
): AsyncGenerator<readonly JsonPiece[]> {
  let batch: JsonPiece[] = [];
  const splitter = createJsonSplitter({ ...options, onPiece: (piece) => batch.push(piece) });
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield batch;
    batch = [];
  }
  splitter.end();
  if (batch.length > 0) yield batch;
}
