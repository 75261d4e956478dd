// Turns a message that EKS wrote to CloudWatch Logs into an audit event.
import {
  type AuditContext,
  type NormalisedAudit,
  normaliseAudit,
  rescueAuditRecord,
} from '@yagura/connector-kubernetes';

/** What EKS puts at the end of a line that it cut. */
const cutMark = '[Truncated...]';

/** `message` of one log event of a `kube-apiserver-audit-` stream. Never throws. */
export function normaliseEksMessage(message: unknown, context: AuditContext = {}): NormalisedAudit {
  if (typeof message !== 'string') return { ok: false, reason: 'not-an-object' };
  const eks = { ...context, provider: 'eks' } as const;
  try {
    return normaliseAudit(JSON.parse(message), eks);
  } catch {
    const isMarked = message.trimEnd().endsWith(cutMark);
    const rescued = rescueAuditRecord(isMarked ? message.trimEnd().slice(0, -cutMark.length) : message);
    const result = normaliseAudit(rescued, eks);
    if (!result.ok) return { ok: false, reason: 'not-json' };
    return { ok: true, event: { ...result.event, quality: { ...result.event.quality, truncated: true } } };
  }
}
