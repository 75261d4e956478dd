// The one list of migrations. A migration that a release has shipped is never changed: a new one mends it.
import type { Migration } from 'kysely/migration';
import { alerts } from './0001-alerts.ts';
import { access } from './0002-access.ts';
import { ruleMemory } from './0014-rule-memory.ts';
import { ruleFiles } from './0015-rule-files.ts';
import { fleet } from './0100-fleet.ts';
import { incidents } from './0200-incidents.ts';
import { suppressions } from './0300-suppressions.ts';
import { exports } from './0310-exports.ts';
import { inventory } from './0400-inventory.ts';
import { connections } from './0500-connections.ts';
import { extensions } from './0510-extensions.ts';

/**
 * Key = file name. From 0001: alerts, access and rules; 0100: agents and clusters; 0200: incidents; 0300: suppressions
 * and export; 0400: inventories of clusters; 0500: connected clusters and their extensions.
 */
export const migrations: Record<string, Migration> = {
  '0001-alerts': alerts,
  '0002-access': access,
  '0014-rule-memory': ruleMemory,
  '0015-rule-files': ruleFiles,
  '0100-fleet': fleet,
  '0200-incidents': incidents,
  '0300-suppressions': suppressions,
  '0310-exports': exports,
  '0400-inventory': inventory,
  '0500-connections': connections,
  '0510-extensions': extensions,
};
