// The one list of all endpoints.
import * as access from './access.ts';
import * as agents from './agents.ts';
import * as alerts from './alerts.ts';
import * as connections from './connections.ts';
import type { Endpoint } from './endpoint.ts';
import * as exports from './exports.ts';
import * as extensions from './extensions.ts';
import * as fleet from './fleet.ts';
import * as incidents from './incidents.ts';
import * as inventory from './inventory.ts';
import * as ruleFiles from './rule-files.ts';
import * as ruleMemory from './rule-memory.ts';
import * as rules from './rules.ts';
import * as status from './status.ts';
import * as suppressions from './suppressions.ts';
import * as workspace from './workspace.ts';

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'access' in value && 'path' in value;

const inPortOrder = [
  access,
  alerts,
  incidents,
  suppressions,
  exports,
  rules,
  ruleFiles,
  ruleMemory,
  workspace,
  fleet,
  inventory,
  connections,
  extensions,
  status,
  agents,
] as const;

/** Every endpoint of the hub, in the order of the reference. */
export const endpoints: readonly Endpoint[] = inPortOrder.flatMap((group) =>
  Object.values(group).filter(isEndpoint),
);
