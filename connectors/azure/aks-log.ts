// Tells records of an AKS diagnostic log from others, as Event Hubs, Blob Storage and Log Analytics hand them over.
import type { AuditContext, LogForm, LogRecord } from '@yagura/connector-kubernetes';
import { normaliseAksRecord } from './audit-record.ts';

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

/**
 * A row of the table AzureDiagnostics, as `az monitor log-analytics query` prints it.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables/azurediagnostics
 */
function recordOfRow(row: Fields): Fields | undefined {
  const { Category: category, log_s: log, _ResourceId, ResourceId = _ResourceId } = row;
  if (typeof category !== 'string' || typeof log !== 'string') return undefined;
  return { category, resourceId: ResourceId, properties: { log } };
}

export const aksLog: LogForm = {
  provider: 'aks',
  open: (context) => ({
    read: (value) => readRecords(recordOfRow(value) ?? value, context),
    end: () => [],
  }),
};
