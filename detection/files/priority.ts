// The one place where Falco's priorities become severities.
import type { Severity } from '@yagura/contracts';

const severityByPriority: Readonly<Record<string, Severity>> = {
  EMERGENCY: 'critical',
  ALERT: 'critical',
  CRITICAL: 'critical',
  ERROR: 'high',
  WARNING: 'medium',
  NOTICE: 'low',
  INFO: 'informational',
  INFORMATIONAL: 'informational',
  DEBUG: 'informational',
};

export const priorities: readonly string[] = Object.keys(severityByPriority);

export const severityOf = (priority: string): Severity | undefined =>
  severityByPriority[priority.toUpperCase()];
