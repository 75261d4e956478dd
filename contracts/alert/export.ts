// Words about alerts that leave the hub.
import type { Static } from 'typebox';
import { literals } from '../literals.ts';

/** What happens to an alert: it is raised, occurs after it was closed or hidden, occurs again, or is closed. */
export const alertChangeKinds = ['raised', 'reopened', 'counted', 'closed'] as const;
export const AlertChangeKind = literals(alertChangeKinds);
export type AlertChangeKind = Static<typeof AlertChangeKind>;

export const exportFormats = ['json', 'ocsf', 'cef', 'slack'] as const;
export const ExportFormat = literals(exportFormats);
export type ExportFormat = Static<typeof ExportFormat>;
