// What a queue keeps: blocks of lines, each with what is in it.

export interface NewBlock {
  /** Idempotency key: a block whose id was seen among the last hundred thousand is not taken twice. */
  readonly id?: string;
  readonly lines: number;
  /** How many lines of each kind; what is dropped is counted by these. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly body: Uint8Array;
}

export interface Block {
  /** Ascending, never used twice. */
  readonly seq: number;
  readonly id: string | undefined;
  readonly lines: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly body: Uint8Array;
  /** When it was appended, milliseconds since the epoch. */
  readonly at: number;
}

export interface AppendResult {
  /** `full`: not taken, because of `overflow: 'refuse'`, or because the block alone is beyond the limit. */
  readonly status: 'stored' | 'duplicate' | 'full';
  readonly seq?: number;
  /** Lines of each kind that made room for this block (or that it was itself, if too large). */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface QueueStats {
  readonly bytes: number;
  readonly limitBytes: number;
  readonly blocks: number;
  readonly lines: number;
  /** When the oldest block was appended, milliseconds since the epoch. */
  readonly oldestAt?: number;
  /** Lines lost since the file was made, by kind. */
  readonly dropped: Readonly<Record<string, number>>;
  /** When the file was made and the counts began, milliseconds since the epoch. */
  readonly droppedSince: number;
  /** How often an unreadable file was moved aside to start anew; how many lines it held is not known. */
  readonly corruptions: number;
}

/** What a block takes: its body, and about what its rows and pages take beside it. */
export const blockBytes = (body: Uint8Array): number => body.byteLength + 128;
