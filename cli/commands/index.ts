// The one list of commands, in the order of the help.
import type { AddCommand } from '../command.ts';
import { addAlerts } from './alerts.ts';
import { addAnalyze } from './analyze.ts';
import { addClusters } from './clusters.ts';
import { addCompletion } from './completion.ts';
import { addConnect } from './connect.ts';
import { addDisconnect } from './disconnect.ts';
import { addDoctor } from './doctor.ts';
import { addExports } from './exports.ts';
import { addExtensions } from './extensions.ts';
import { addIncidents } from './incidents.ts';
import { addInventory } from './inventory.ts';
import { addKubectl } from './kubectl.ts';
import { addNodes } from './nodes.ts';
import { addRules } from './rules.ts';
import { addSensor } from './sensor.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import { addSuppressions } from './suppressions.ts';
import { addVersion } from './version.ts';
import { addWorkspace } from './workspace.ts';

export const commands: readonly AddCommand[] = [
  addStart,
  addSimulate,
  addAnalyze,
  addAlerts,
  addIncidents,
  addSuppressions,
  addExports,
  addRules,
  addWorkspace,
  addNodes,
  addClusters,
  addInventory,
  addConnect,
  addDisconnect,
  addExtensions,
  addKubectl,
  addSensor,
  addDoctor,
  addCompletion,
  addVersion,
];
