// The one list of generators.
import type { Generator } from '../generator.ts';
import { canI, canIJson } from './can-i.ts';
import { chartRules } from './chart-rules.ts';
import { chartValues } from './chart-values.ts';
import { cli } from './cli.ts';
import { config } from './config.ts';
import { coverage } from './coverage.ts';
import { endpoints } from './endpoints.ts';
import { errors } from './errors.ts';
import { events } from './events.ts';
import { fields } from './fields.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { permissions } from './permissions.ts';
import { rbac, rbacJson } from './rbac.ts';
import { rules } from './rules.ts';

export const generators: readonly Generator[] = [
  rules,
  coverage,
  fields,
  events,
  endpoints,
  permissions,
  cli,
  metrics,
  errors,
  config,
  rbac,
  rbacJson,
  canI,
  canIJson,
  chartValues,
  chartRules,
  openapi,
];
