// What other rooms may use of the Google Cloud connector.
export { type GkeSkipReason, type NormalisedGkeEntry, normaliseGkeEntry } from './audit-record.ts';
export { gkeLog } from './gke-log.ts';
