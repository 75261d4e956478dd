// Makes the record of a diagnostic log of a row of Log Analytics, whichever of its tables the row is of.
import { skippedBody } from './audit-record.ts';

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Answers of the query API hold dynamic columns as text, exported rows as what they are; what was cut is as left out. */
function cellValue(cell: unknown): unknown {
  if (cell === null || cell === '') return undefined;
  if (typeof cell !== 'string' || !/^[{["]/.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return skippedBody;
  }
}

/** A row of the table that all kinds of resources share: https://learn.microsoft.com/azure/azure-monitor/reference/tables/azurediagnostics */
function recordOfSharedRow(row: Fields): Fields | undefined {
  const { Category: category, log_s: log, _ResourceId, ResourceId = _ResourceId } = row;
  if (typeof category !== 'string' || typeof log !== 'string') return undefined;
  return { category, resourceId: ResourceId, properties: { log } };
}

/** Both of AKS and of Azure Arc: tables without get and list. */
const adminTables: ReadonlySet<unknown> = new Set(['AKSAuditAdmin', 'ArcK8sAuditAdmin']);

/**
 * A row of the tables of AKS alone, or of those of Azure Arc, which have a column for each field of the record.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables/aksaudit, …/aksauditadmin, …/arck8saudit and
 * …/arck8sauditadmin
 */
function recordOfOwnRow(row: Fields): Fields | undefined {
  if (!isText(row['AuditId']) || !isText(row['Verb']) || !isText(row['Stage'])) return undefined;
  const log = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: row['Level'],
    auditID: row['AuditId'],
    stage: row['Stage'],
    requestURI: row['RequestUri'],
    verb: row['Verb'],
    user: cellValue(row['User']),
    sourceIPs: cellValue(row['SourceIps']),
    userAgent: row['UserAgent'],
    objectRef: cellValue(row['ObjectRef']),
    responseStatus: cellValue(row['ResponseStatus']),
    requestObject: cellValue(row['RequestObject']),
    responseObject: cellValue(row['ResponseObject']),
    requestReceivedTimestamp: row['RequestReceivedTime'],
    stageTimestamp: row['StageReceivedTime'] ?? row['TimeGenerated'],
    annotations: cellValue(row['Annotations']),
  };
  const category = adminTables.has(row['Type']) ? 'kube-audit-admin' : 'kube-audit';
  return { category, resourceId: row['_ResourceId'], properties: { log } };
}

export const recordOfRow = (row: Fields): Fields | undefined => recordOfSharedRow(row) ?? recordOfOwnRow(row);
