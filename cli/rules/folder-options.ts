// What commands about rules take: which rules there are, beside those that come with Yagura.
import type { Command } from 'commander';
import { repeated } from '../command.ts';

export interface FolderOptions {
  readonly rules?: readonly string[];
  readonly lists?: readonly string[];
  readonly json?: boolean;
}

export const listsOption = [
  '--lists <folder>',
  'lists that stand in for those that come with Yagura, such as Tor exits; once per folder',
  repeated,
] as const;

export const rulesOption = [
  '--rules <path>',
  'more rules, beside those that come with Yagura: a folder, or a file; once per path',
  repeated,
] as const;

export const withFolders = (command: Command): Command =>
  command
    .option(...rulesOption)
    .option(...listsOption)
    .option('--json', 'as JSON');
