// The one list of scenarios, in the order in which they run.
import type { Scenario } from '../scenario.ts';
import { cryptoMiner } from './crypto-miner.ts';
import { downloadPipedIntoShell } from './download-piped-into-shell.ts';
import { droppedBinary } from './dropped-binary.ts';
import { packageManager } from './package-manager.ts';
import { reverseShell } from './reverse-shell.ts';
import { webShell } from './web-shell.ts';

export const scenarios: readonly Scenario[] = [
  cryptoMiner,
  downloadPipedIntoShell,
  reverseShell,
  droppedBinary,
  webShell,
  packageManager,
];
