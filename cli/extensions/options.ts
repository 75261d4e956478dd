// The options that the commands on extensions have in common.
import type { Command } from 'commander';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

export interface ExtensionOptions extends HubOptions {
  readonly cluster: string;
  readonly json?: boolean;
}

export interface ChangeOptions extends ExtensionOptions {
  readonly values?: string;
  /** Seconds, as text. */
  readonly timeout: string;
  readonly wait?: boolean;
}

export const withCluster = (command: Command): Command =>
  withHub(command)
    .requiredOption('--cluster <name>', 'the cluster, by its name in the hub')
    .option('--json', 'as JSON');

export const withWait = (command: Command): Command =>
  withCluster(command)
    .option('--wait', 'wait until it is done, and fail where it fails')
    .option('--timeout <seconds>', 'how long to wait', '900');
