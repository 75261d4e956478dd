// How a block of lines lies in the spool: few as they are, many as a zstd frame that can be sent as it is.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

export interface PackedLines {
  readonly isFrame: boolean;
  /** NDJSON, or a zstd frame of it. */
  readonly bytes: Uint8Array;
  readonly rawBytes: number;
}

/** Below it a frame of its own would hardly be smaller; such blocks are compressed together when they are sent. */
const frameFromBytes = 16 * 1024;
const headBytes = 5;
const maxRawBytes = 16 * 1024 * 1024;

/** One byte: frame or not; four: length before compression; then the bytes. */
export function packLines(lines: readonly string[]): Uint8Array {
  const raw = Buffer.from(`${lines.join('\n')}\n`);
  const isFrame = raw.length >= frameFromBytes;
  const bytes = isFrame ? zstdCompressSync(raw) : raw;
  const packed = Buffer.allocUnsafe(headBytes + bytes.length);
  packed.writeUInt8(isFrame ? 1 : 0, 0);
  packed.writeUInt32LE(raw.length, 1);
  bytes.copy(packed, headBytes);
  return packed;
}

export function unpack(body: Uint8Array): PackedLines {
  const packed = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    isFrame: packed.readUInt8(0) === 1,
    rawBytes: packed.readUInt32LE(1),
    bytes: packed.subarray(headBytes),
  };
}

/** Throws if the frame is damaged. */
export function linesOf(body: Uint8Array): readonly string[] {
  const { isFrame, bytes } = unpack(body);
  const raw = isFrame ? zstdDecompressSync(bytes, { maxOutputLength: maxRawBytes }) : Buffer.from(bytes);
  return raw.toString('utf8').split('\n').slice(0, -1);
}

/** One body out of many blocks: neighbours that lie as they are go into one frame; frames follow one another as they are. */
export function joinFrames(blocks: readonly PackedLines[]): Buffer {
  const frames: Uint8Array[] = [];
  let loose: Uint8Array[] = [];
  const closeLoose = (): void => {
    if (loose.length > 0) frames.push(zstdCompressSync(Buffer.concat(loose)));
    loose = [];
  };
  for (const block of blocks) {
    if (block.isFrame) {
      closeLoose();
      frames.push(block.bytes);
    } else loose.push(block.bytes);
  }
  closeLoose();
  return Buffer.concat(frames);
}
