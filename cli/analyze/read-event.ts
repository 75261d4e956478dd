// From one record of a file to its events, whoever wrote it: an API server, a cloud around it, or a sensor.
import { type AuditContext, type LogReader, normaliseAudit } from '@yagura/connector-kubernetes';
import type { Event } from '@yagura/contracts';
import { logForms } from './log-forms.ts';

export type ReadRecord =
  | { readonly ok: true; readonly event: Event }
  /** Lines that are no events and are meant to be there. */
  | { readonly ok: 'aside' }
  | { readonly ok: false; readonly reason: string };

type ParseEvent = typeof import('@yagura/contracts').parseEvent;

/** Recorded events say what they are with a dotted past fact; audit records have no such kind. */
const isRecorded = (kind: unknown): boolean => typeof kind === 'string' && /^[a-z]+\.[a-z]+$/.test(kind);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One record may hold many events, and an event may come in several records: `end` tells what was held back. The
 * schemas of recorded events take a while to load, and most files hold none: `reader` asks for them with
 * `'needs-schemas'` at the first record that wants them.
 */
export class RecordReader {
  /** Whose events the audit records become, whatever the records say. */
  readonly cluster: string | undefined;
  readonly #context: AuditContext;
  readonly #forms: readonly LogReader[];
  #parseEvent: ParseEvent | undefined;

  constructor(cluster: string | undefined) {
    this.cluster = cluster;
    this.#context = cluster === undefined ? {} : { cluster };
    this.#forms = logForms.map((form) => form.open(this.#context));
  }

  read(value: unknown): readonly ReadRecord[] | 'needs-schemas' {
    const kind = isObject(value) ? value['kind'] : undefined;
    if (isRecorded(kind)) return this.#readRecorded(value, kind);
    // What an API server writes has a kind, and what a cloud wraps around it has none.
    if (kind === undefined && isObject(value)) {
      for (const form of this.#forms) {
        const records = form.read(value);
        if (records !== undefined) return records;
      }
    }
    return [normaliseAudit(value, this.#context)];
  }

  end(): readonly ReadRecord[] {
    return this.#forms.flatMap((form) => form.end());
  }

  #readRecorded(value: unknown, kind: unknown): readonly ReadRecord[] | 'needs-schemas' {
    if (kind === 'collector.reported') return [{ ok: 'aside' }];
    if (this.#parseEvent === undefined) return 'needs-schemas';
    const parsed = this.#parseEvent(value);
    return [parsed.ok ? parsed : { ok: false, reason: 'not-an-event' }];
  }

  async loadSchemas(): Promise<void> {
    const contracts = await import('@yagura/contracts');
    this.#parseEvent = contracts.parseEvent;
  }
}
