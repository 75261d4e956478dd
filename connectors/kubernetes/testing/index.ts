// Records and their mutations, for tests of whatever reads audit logs.
export { mutateRecord } from './mutate-record.ts';
export { sampleRecords } from './sample-records.ts';
