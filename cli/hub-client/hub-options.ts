// The options of every command that speaks to a hub.
import type { Command } from 'commander';

export interface HubOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  /** PEM. */
  readonly urlCa?: string;
  readonly data?: string;
}

export const withHub = (command: Command): Command =>
  command
    .option(
      '--url <url>',
      'address of the hub (or YAGURA_URL); the one that runs on this machine unless told',
    )
    .option('--token-file <file>', 'file that holds an API token (or YAGURA_TOKEN)')
    .option('--url-ca <file>', 'PEM of the private authority of the hub (or YAGURA_URL_CA)')
    .option('--data <folder>', 'data folder of the hub that runs on this machine');
