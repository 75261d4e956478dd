// Audit webhooks: an API server's batches of audit events, from any of its forms into the event log.
import { parseAuditBody, skipWords } from '@yagura/connector-kubernetes';
import { type BatchReceipt, sendAudit } from '@yagura/contracts';
import type { EventLog } from '../../event-log/event-log.ts';
import { appendEvents } from '../append-events.ts';
import type { AuditCredential } from '../audit-credential.ts';
import { auditEvents, countAudit } from '../audit-events.ts';
import type { ContactBook } from '../contact-book.ts';
import { IngestError } from '../errors.ts';
import type { Route } from '../route.ts';
import type { Slots, Turns } from '../slots.ts';
import { encodingOf, takeBody, takeInflated } from '../take-body.ts';

export interface SendAuditOptions {
  readonly eventLog: EventLog;
  readonly credential: AuditCredential;
  readonly contacts: ContactBook;
  readonly slots: Slots;
  readonly turns: Turns;
}

/** An API server's own limit for a batch is 10 MiB by default where truncation is on, and 400 events where it is off. */
const bodyBytes = 32 * 1024 * 1024;

export function sendAuditRoute(options: SendAuditOptions): Route {
  const { credential, slots, turns } = options;
  return {
    endpoint: sendAudit,
    async handle({ request, params }): Promise<BatchReceipt> {
      const cluster = params['cluster'] ?? '';
      await credential.check(request, cluster);
      const encoding = encodingOf(request);
      using slot = slots.take(`cluster ${cluster}`);
      if (slot === undefined) throw new IngestError('TOO_MANY_REQUESTS', undefined, { retryAfterS: 1 });
      const body = await takeBody(request, bodyBytes);
      return turns.run(async () =>
        takeAudit(options, cluster, await takeInflated(body, encoding, bodyBytes)),
      );
    },
  };
}

async function takeAudit(options: SendAuditOptions, cluster: string, body: Buffer): Promise<BatchReceipt> {
  const parsed = parseAuditBody(body, { cluster });
  const events = await auditEvents(cluster, { source: 'webhook', body, events: parsed.events });
  const isNew = appendEvents(options.eventLog, events);
  if (isNew) countAudit(options.contacts, cluster, parsed);
  return {
    batch: events.id,
    accepted: parsed.events.length,
    duplicate: !isNew,
    rejected: parsed.firstSkipped.map(({ line, record, reason }) => ({
      line,
      code: reason,
      message: `record ${record} of the body ${skipWords[reason]}`,
    })),
    rejectedTotal: Object.values(parsed.skipped).reduce((sum, count) => sum + count, 0),
    rejectedBy: parsed.skipped,
  };
}
