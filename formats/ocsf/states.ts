// Severities, changes and states of alerts in OCSF's numbers.
import type { CloseReason, Severity } from '@yagura/contracts';
import type { ExportedAlert, ExportedChange } from '../alert-format.ts';

type Coded = readonly [id: number, caption: string];

export const severities: Readonly<Record<Severity, Coded>> = {
  informational: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

export const activities: Readonly<Record<ExportedChange, Coded>> = {
  raised: [1, 'Create'],
  reopened: [2, 'Update'],
  counted: [2, 'Update'],
  closed: [3, 'Close'],
};

const isNew: Coded = [1, 'New'];
const suppressed: Coded = [3, 'Suppressed'];
const archived: Coded = [5, 'Archived'];

/** OCSF's "suppressed" is: reviewed, benign or false, not to be shown again. */
const closed: Readonly<Record<CloseReason, Coded>> = {
  resolved: [4, 'Resolved'],
  benign: suppressed,
  'false-positive': suppressed,
  duplicate: archived,
  test: archived,
};

export function statusOf({ status, closeReason, suppressedBy }: ExportedAlert): Coded {
  if (status === 'closed') return closeReason === undefined ? archived : closed[closeReason];
  return suppressedBy === undefined ? isNew : suppressed;
}

const verdicts: Readonly<Record<CloseReason, Coded>> = {
  resolved: [2, 'True Positive'],
  benign: [5, 'Benign'],
  'false-positive': [1, 'False Positive'],
  duplicate: [10, 'Duplicate'],
  test: [6, 'Test'],
};

export const verdictOf = ({ closeReason }: ExportedAlert): Coded | undefined =>
  closeReason === undefined ? undefined : verdicts[closeReason];
