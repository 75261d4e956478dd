// Audit events of one cluster, from a webhook or a file, as a block of the event log.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { ParsedAuditBody } from '@yagura/connector-kubernetes';
import type { NewEvents } from '../event-log/event-log.ts';
import type { ContactBook } from './contact-book.ts';

const compress = promisify(zstdCompress);
/** Audit records repeat themselves: the fastest level makes them ten times smaller. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface AuditSource {
  readonly source: 'webhook' | 'file';
  /** As it came. */
  readonly body: string | Uint8Array;
  readonly events: ParsedAuditBody['events'];
}

/** Nobody names such a batch: the same bytes again are the same batch sent again. */
export async function auditEvents(
  cluster: string,
  { source, body, events }: AuditSource,
): Promise<NewEvents> {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const ndjson = events.map((event) => JSON.stringify(event)).join('\n');
  return {
    id: `${cluster}/${source}/${digest}`,
    lines: events.length,
    kinds: events.length === 0 ? {} : { 'api.requested': events.length },
    origin: { cluster },
    encoding: 'zstd',
    payload: await compress(ndjson, compression),
  };
}

export function countAudit(contacts: ContactBook, cluster: string, parsed: ParsedAuditBody): void {
  contacts.clusterSent(cluster, parsed.events.length);
  for (const [reason, count] of Object.entries(parsed.skipped))
    contacts.lost(`cluster:${cluster}`, { kind: 'api.requested', reason, count });
}
