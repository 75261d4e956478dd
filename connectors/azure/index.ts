// What other rooms may use of the Azure connector.
export { type AksSkipReason, type NormalisedAksRecord, normaliseAksRecord } from './audit-record.ts';
export { type AksRecords, readBlobLines, readEventHubBody } from './read-event-hub-body.ts';
