// One batch: a compressed NDJSON body of events, with its identity in headers.
import Type, { type Static } from 'typebox';

export const batchHeaders = {
  /** Unique per batch; the same id again is answered as done and not taken twice. */
  id: 'yagura-batch-id',
  /** How many lines the sender put in; the hub answers 400 if the body was cut short of it. */
  lines: 'yagura-batch-lines',
} as const;

export const batchLimits = {
  /** Compressed body. */
  bodyBytes: 4 * 1024 * 1024,
  /** After decompression; beyond it the body is refused while it is still being read. */
  inflatedBytes: 32 * 1024 * 1024,
  lines: 20_000,
  lineBytes: 1024 * 1024,
} as const;

export const batchContentType = 'application/x-ndjson';

/** Answer to a batch. A bad line costs only itself. */
export const BatchReceipt = Type.Object({
  batch: Type.String(),
  accepted: Type.Integer({ minimum: 0 }),
  duplicate: Type.Boolean({ description: 'this batch had been taken before; nothing was added' }),
  rejected: Type.Array(
    Type.Object({ line: Type.Integer({ minimum: 1 }), code: Type.String(), message: Type.String() }),
    { maxItems: 20, description: 'the first few; `rejectedTotal` counts all' },
  ),
  rejectedTotal: Type.Integer({ minimum: 0 }),
  rejectedBy: Type.Optional(
    Type.Record(Type.String(), Type.Integer({ minimum: 1 }), { description: 'how many for each code' }),
  ),
});
export type BatchReceipt = Static<typeof BatchReceipt>;
