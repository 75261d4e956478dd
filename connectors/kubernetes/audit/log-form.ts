// What a cloud's connector shows of itself to a reader of files that hold anybody's records.
import type { ApiRequested, AuditProvider } from '@yagura/contracts';
import type { AuditContext } from './normalise-audit.ts';

export type LogRecord =
  | { readonly ok: true; readonly event: ApiRequested }
  /** A record, or a part of one, that made no event. */
  | { readonly ok: false; readonly reason: string };

export interface LogReader {
  /** What a JSON object holds, nothing while more of it is to come; `undefined` when it is not of this provider. Never throws. */
  read(value: Readonly<Record<string, unknown>>): readonly LogRecord[] | undefined;
  /** What was held back for parts that did not come. */
  end(): readonly LogRecord[];
}

/** One provider's records, in every envelope in which they are handed over. */
export interface LogForm {
  readonly provider: AuditProvider;
  /** A reader may remember parts of records, so each run has its own. `cluster` goes before what records say. */
  readonly open: (context: AuditContext) => LogReader;
  /** Makes JSON of a file that is none; hands on all others as they are. */
  readonly toJson?: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}
