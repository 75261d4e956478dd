// The loader's frames: length (u32), kind (u32), payload, all little endian; bounded, whatever comes.

const headBytes = 8;
/** A record is at most 21 KiB, a report at most 2 KiB. */
const frameLimitBytes = 64 * 1024;

export const controlKind = 0;

export interface Frame {
  readonly kind: number;
  readonly payload: Buffer;
}

/** The stream is out of step; nothing after this can be trusted. */
class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Cuts chunks into frames; holds at most one incomplete frame. */
export function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  return (chunk) => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let start = 0;
    while (bytes.length - start >= headBytes) {
      const length = bytes.readUInt32LE(start);
      if (length < 4 || length > frameLimitBytes) throw new FrameError(`frame of ${length} bytes`);
      const end = start + 4 + length;
      if (end > bytes.length) break;
      onFrame({ kind: bytes.readUInt32LE(start + 4), payload: bytes.subarray(start + headBytes, end) });
      start = end;
    }
    held = Buffer.from(bytes.subarray(start));
  };
}
