// Tables of what rules remember, and of the place in the event log that it stands for.
import type { Generated } from 'kysely';

export interface RuleMemoryTable {
  rule: string;
  /** Empty where events name no cluster. */
  cluster: string;
  /** A part of the detection's state: JSON, compressed with zstd. */
  body: Buffer;
  saved_at: Generated<string>;
}

/** One row. */
export interface RuleMemoryPlaceTable {
  id: Generated<number>;
  /** When the event log was made, milliseconds since the epoch: a number of another log means nothing. */
  log: number;
  seq: number;
  saved_at: Generated<string>;
}

export interface MemoryTables {
  rule_memory: RuleMemoryTable;
  rule_memory_place: RuleMemoryPlaceTable;
}
