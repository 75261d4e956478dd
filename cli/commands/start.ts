// `yagura start`
import { type Command, InvalidArgumentError } from 'commander';
import { type AddCommand, examples } from '../command.ts';
import { listsOption, rulesOption } from '../rules/folder-options.ts';
import type { StartOptions } from '../start/start-options.ts';

/** Said at once: the collector would refuse it too, but only after the hub has started. */
function scope(text: string): string {
  if (/^(?:node|containers|cgroup:\/*[^/].*)$/.test(text)) return text;
  throw new InvalidArgumentError('containers, node or cgroup:/path/of/a/cgroup is expected');
}

export const addStart: AddCommand = (parent, terminal) => {
  parent
    .command('start')
    .description('run the hub and the sensor on this machine, until Ctrl-C')
    .option('--data <folder>', 'where all data live (/var/lib/yagura for root, else ~/.local/share/yagura)')
    .option('--api <address>', 'where console and API listen', '127.0.0.1:7080')
    .option('--agents <address>', 'where nodes and clusters connect', '127.0.0.1:7443')
    .option('--no-sensor', 'leave out the sensor of this machine')
    .option('--scope <scope>', 'what the sensor watches: containers, node, or cgroup:PREFIX', scope)
    .option(...rulesOption)
    .option(...listsOption)
    .option('--agent-names <name...>', 'names and addresses under which nodes and clusters reach the hub')
    .option('--tls-cert <file>', 'certificate of the API, PEM; any address but loopback needs it')
    .option('--tls-key <file>', 'its key, PEM')
    .option('--public-url <url>', 'where people open the console, behind a proxy')
    .option('--audit-file <file>', 'follow the audit log of an API server')
    .option('--audit-cluster <name>', 'the cluster that the audit log is of', 'local')
    .addHelpText(
      'after',
      examples(
        'yagura start',
        'yagura start --data ./data --no-sensor',
        'yagura start --api 0.0.0.0:443 --tls-cert hub.pem --tls-key hub.key --agents 0.0.0.0:7443 --agent-names hub.example',
        'yagura start --audit-file /var/log/kubernetes/audit.log --audit-cluster prod',
        'DATABASE_URL=postgres://… yagura start   use a PostgreSQL of your own',
      ),
    )
    .action(async (_options: StartOptions, command: Command) => {
      const { start } = await import('../start/start.ts');
      terminal.setExitCode(await start(command.optsWithGlobals<StartOptions>(), terminal));
    });
};
