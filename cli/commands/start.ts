// `yagura start`
import type { Command } from 'commander';
import { type AddCommand, examples } from '../command.ts';

export interface StartOptions {
  readonly data?: string;
  readonly api: string;
  readonly agents: string;
  readonly sensor: boolean;
  readonly scope?: string;
  readonly rules?: readonly string[];
  readonly lists?: readonly string[];
  readonly auditFile?: string;
  readonly auditCluster: string;
  readonly verbose?: boolean;
}

export const addStart: AddCommand = (parent, terminal) => {
  parent
    .command('start')
    .description('run the hub and the sensor on this machine, until Ctrl-C')
    .option('--data <folder>', 'where all data live (/var/lib/yagura for root, else ~/.local/share/yagura)')
    .option('--api <address>', 'where console and API listen', '127.0.0.1:7080')
    .option('--agents <address>', 'where nodes and clusters connect', '127.0.0.1:7443')
    .option('--no-sensor', 'leave out the sensor of this machine')
    .option('--scope <scope>', 'what the sensor watches: containers, node, or cgroup:PREFIX')
    .option('--rules <folder...>', 'more rules, beside those that come with Yagura')
    .option('--lists <folder...>', 'lists that stand in for those that come with Yagura, such as Tor exits')
    .option('--audit-file <file>', 'follow the audit log of an API server')
    .option('--audit-cluster <name>', 'the cluster that the audit log is of', 'local')
    .addHelpText(
      'after',
      examples(
        'yagura start',
        'yagura start --data ./data --no-sensor',
        'yagura start --audit-file /var/log/kubernetes/audit.log --audit-cluster prod',
        'DATABASE_URL=postgres://… yagura start   use a PostgreSQL of your own',
      ),
    )
    .action(async (_options: StartOptions, command: Command) => {
      const { start } = await import('../start/start.ts');
      terminal.setExitCode(await start(command.optsWithGlobals<StartOptions>(), terminal));
    });
};
