// `yagura alerts …`
import { type Command, Option } from 'commander';
import type { AlertFilter } from '../alerts/list-alerts.ts';
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

const severities = ['informational', 'low', 'medium', 'high', 'critical'];
const reasons = ['resolved', 'benign', 'false-positive', 'duplicate', 'test'];

export const addAlerts: AddCommand = (parent, terminal) => {
  const alerts = parent
    .command('alerts')
    .description('list, get, watch and close the alerts of a hub')
    .addHelpText('after', examples('yagura alerts list --severity high', 'yagura alerts watch'));
  withFilter(alerts.command('list'))
    .description('list alerts, the latest first')
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'closed']))
    .option('--since <time>', 'seen since then: RFC 3339, or an age such as 30m, 12h, 7d')
    .option('--limit <count>', 'how many at the most', '50')
    .addOption(
      new Option('--format <format>', 'as a table, as JSON, or as OCSF 1.7 Detection Findings').choices([
        'table',
        'json',
        'ocsf',
      ]),
    )
    .addHelpText('after', examples('yagura alerts list', 'yagura alerts list --since 12h --json'))
    .action(async (options: AlertFilter) => {
      const { listAlertsOf } = await import('../alerts/list-alerts.ts');
      await listAlertsOf(options, terminal);
    });
  withFilter(alerts.command('watch'))
    .description('show alerts as they are raised, until Ctrl-C')
    .addHelpText('after', examples('yagura alerts watch', 'yagura alerts watch --severity critical --json'))
    .action(async (options: AlertFilter) => {
      const { watchAlertsOf } = await import('../alerts/watch-alerts.ts');
      await watchAlertsOf(options, terminal);
    });
  addOne(alerts, terminal);
};

/** Commands about one alert. */
const addOne: AddCommand = (alerts, terminal) => {
  withHub(alerts.command('get'))
    .description('show one alert with its evidence')
    .argument('<alert>', 'id of the alert')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura alerts get 4f1c…', 'yagura alerts get 4f1c… --json'))
    .action(async (id: string, options: HubOptions & { json?: boolean }) => {
      const { getAlertOf } = await import('../alerts/one-alert.ts');
      await getAlertOf(id, options, terminal);
    });
  withHub(alerts.command('close'))
    .description('close alerts with a reason')
    .argument('<alert...>', 'ids of alerts')
    .addOption(new Option('--reason <reason>', 'why').choices(reasons).makeOptionMandatory())
    .option('--comment <text>', 'what should be remembered about it')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura alerts close 4f1c… --reason benign --comment "nightly backup"'))
    .action(
      async (ids: string[], options: HubOptions & { json?: boolean; reason: string; comment?: string }) => {
        const { closeAlertsOf } = await import('../alerts/one-alert.ts');
        await closeAlertsOf(ids, options, terminal);
      },
    );
};

const withFilter = (command: Command): Command =>
  withHub(command)
    .addOption(new Option('--severity <severity>', 'only these').choices(severities))
    .addOption(
      new Option(
        '--suppressed <which>',
        'those that a suppression keeps from view: them alone, or all',
      ).choices(['true', 'all']),
    )
    .option('--rule <id>', 'of this rule')
    .option('--cluster <name>', 'of this cluster')
    .option('--namespace <name>', 'of this namespace')
    .option('--node <name>', 'of this node')
    .option('--json', 'one alert a line, as JSON');
