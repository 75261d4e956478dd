// From one record of a file to an event, whichever of the two kinds of file it came from.
import { normaliseAudit } from '@yagura/connector-kubernetes';
import type { Event } from '@yagura/contracts';

export type ReadRecord =
  | { readonly ok: true; readonly event: Event }
  /** Lines that are no events and are meant to be there. */
  | { readonly ok: 'aside' }
  | { readonly ok: false; readonly reason: string };

type ParseEvent = typeof import('@yagura/contracts').parseEvent;

/** Recorded events say what they are with a dotted past fact; audit records have no such kind. */
const isRecorded = (kind: unknown): boolean => typeof kind === 'string' && /^[a-z]+\.[a-z]+$/.test(kind);

/**
 * The schemas of recorded events take a while to load, and most files hold none: `reader` asks for them with
 * `'needs-schemas'` at the first record that wants them.
 */
export class RecordReader {
  /** Whose events the audit records become. */
  readonly cluster: string | undefined;
  #parseEvent: ParseEvent | undefined;

  constructor(cluster: string | undefined) {
    this.cluster = cluster;
  }

  read(text: string): ReadRecord | 'needs-schemas' {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { ok: false, reason: 'not-json' };
    }
    const kind = typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
    if (isRecorded(kind)) return this.#readRecorded(value, kind);
    return normaliseAudit(value, this.cluster === undefined ? {} : { cluster: this.cluster });
  }

  #readRecorded(value: unknown, kind: unknown): ReadRecord | 'needs-schemas' {
    if (kind === 'collector.reported') return { ok: 'aside' };
    if (this.#parseEvent === undefined) return 'needs-schemas';
    const parsed = this.#parseEvent(value);
    return parsed.ok ? parsed : { ok: false, reason: 'not-an-event' };
  }

  async loadSchemas(): Promise<void> {
    const contracts = await import('@yagura/contracts');
    this.#parseEvent = contracts.parseEvent;
  }
}
