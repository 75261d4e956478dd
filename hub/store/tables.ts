// All tables of the hub's database; each store file describes its own.
import type { AccessTables } from './access-tables.ts';
import type { AlertTables } from './alert-tables.ts';
import type { ExportTables } from './export-tables.ts';
import type { ExtensionTables } from './extension-tables.ts';
import type { FleetTables } from './fleet-tables.ts';
import type { IncidentTables } from './incident-tables.ts';
import type { InventoryTables } from './inventory-tables.ts';
import type { MemoryTables } from './memory-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import type { SuppressionTables } from './suppression-tables.ts';

/** Times are RFC 3339 in UTC, in and out. */
export interface Tables
  extends AlertTables,
    AccessTables,
    ExportTables,
    ExtensionTables,
    FleetTables,
    IncidentTables,
    InventoryTables,
    MemoryTables,
    RuleTables,
    SuppressionTables {}
