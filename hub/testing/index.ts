// For tests of other rooms that need a hub or its database.
export { createAuditSender, type SendExecs } from './audit-sender.ts';
export { draft, summary } from './draft.ts';
export { startTestHub, type TestHub, type TestHubOptions } from './start-test-hub.ts';
export { startTestDatabase, startTestPostgres, type TestDatabase } from './test-database.ts';
