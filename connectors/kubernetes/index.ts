// What other rooms may use of the Kubernetes connector.
export { GlanceWorth } from './audit/glance-worth.ts';
export { JsonScanner } from './audit/json-scanner.ts';
export type { LogForm, LogReader, LogRecord } from './audit/log-form.ts';
export { type AuditContext, type NormalisedAudit, normaliseAudit } from './audit/normalise-audit.ts';
export { type ParsedAuditBody, parseAuditBody } from './audit/parse-audit-body.ts';
export { readAuditLines } from './audit/read-audit-lines.ts';
export { rescueAuditRecord } from './audit/rescue-audit-record.ts';
export { type SkipReason, skipWords } from './audit/skip-reason.ts';
export { createJsonSplitter, type JsonPiece } from './audit/split-json.ts';
export { errorCodes } from './errors.ts';
export { type AuditTailBatch, tailAuditFile } from './tail/tail-audit-file.ts';
