// Severities, in order, and how the priorities of Falco rules map to them.
import { literals } from '../literals.ts';

export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];
export const Severity = literals(severities);

/** Rank of a severity, 0 for the least. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity);

export const isSeverity = (value: unknown): value is Severity => severities.includes(value as Severity);
