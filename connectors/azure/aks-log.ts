// Tells records of an AKS diagnostic log from others, as Event Hubs, Blob Storage and Log Analytics hand them over.
import type { AuditContext, LogForm, LogRecord } from '@yagura/connector-kubernetes';
import { normaliseAksRecord } from './audit-record.ts';
import { recordOfRow } from './table-row.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every record of a diagnostic log names its category, whatever its log is about. */
const isRecord = (value: unknown): boolean =>
  isFields(value) && typeof value['category'] === 'string' && 'properties' in value;

/** A message of Event Hubs holds records, a line of a blob is one. */
function readRecords(value: Fields, context: AuditContext): readonly LogRecord[] | undefined {
  if (isRecord(value)) return [normaliseAksRecord(value, context)];
  const records = value['records'];
  if (!Array.isArray(records) || !records.some(isRecord)) return undefined;
  return records.map((record) => normaliseAksRecord(record, context));
}

export const aksLog: LogForm = {
  provider: 'aks',
  open: (context) => ({
    read: (value) => readRecords(recordOfRow(value) ?? value, context),
    end: () => [],
  }),
};
