// `yagura incidents …`
import { Option } from 'commander';
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';
import type { IncidentFilter } from '../incidents/list-incidents.ts';
import type { CloseOptions } from '../incidents/work-on-incidents.ts';

const severities = ['informational', 'low', 'medium', 'high', 'critical'];
const reasons = ['resolved', 'benign', 'false-positive', 'duplicate', 'test'];

export const addIncidents: AddCommand = (parent, terminal) => {
  const incidents = parent
    .command('incidents')
    .description('list, get and work on incidents: alerts that belong together')
    .addHelpText('after', examples('yagura incidents list', 'yagura incidents get 9f2c…'));
  withHub(incidents.command('list'))
    .description('list incidents, the latest first')
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'closed']))
    .addOption(new Option('--severity <severity>', 'of this severity').choices(severities))
    .option('--min-score <points>', 'of this score, 0 to 100, or more')
    .option('--cluster <name>', 'with an alert from this cluster')
    .option('--owner <name>', 'that this person takes care of')
    .option('--alert <id>', 'that this alert is in')
    .option('--since <time>', 'seen since then: RFC 3339, or an age such as 30m, 12h, 7d')
    .option('--limit <count>', 'how many at the most, up to 500', '50')
    .option('--json', 'one incident a line, as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura incidents list --status open --min-score 50',
        'yagura incidents list --since 7d --json',
      ),
    )
    .action(async (options: IncidentFilter) => {
      const { listIncidentsOf } = await import('../incidents/list-incidents.ts');
      await listIncidentsOf(options, terminal);
    });
  addOne(incidents, terminal);
  addWork(incidents, terminal);
};

/** Commands about one incident. */
const addOne: AddCommand = (incidents, terminal) => {
  withHub(incidents.command('get'))
    .description('show one incident: its alerts along the kill chain, and what they share')
    .argument('<incident>', 'id of the incident')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura incidents get 9f2c…', 'yagura incidents get 9f2c… --json'))
    .action(async (id: string, options: HubOptions & { json?: boolean }) => {
      const { getIncidentOf } = await import('../incidents/one-incident.ts');
      await getIncidentOf(id, options, terminal);
    });
  withHub(incidents.command('close'))
    .description('close incidents with a reason')
    .argument('<incident...>', 'ids of incidents')
    .addOption(new Option('--reason <reason>', 'why').choices(reasons).makeOptionMandatory())
    .option('--comment <text>', 'what should be remembered about it')
    .option('--alerts', 'close their open alerts too')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura incidents close 9f2c… --reason resolved --alerts'))
    .action(async (ids: string[], options: CloseOptions) => {
      const { closeIncidentsOf } = await import('../incidents/work-on-incidents.ts');
      await closeIncidentsOf(ids, options, terminal);
    });
};

type JsonOptions = HubOptions & { readonly json?: boolean };

/** What the console's buttons of an incident do. */
const addWork: AddCommand = (incidents, terminal) => {
  withHub(incidents.command('reopen'))
    .description('open closed incidents again')
    .argument('<incident...>', 'ids of incidents')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura incidents reopen 9f2c…'))
    .action(async (ids: string[], options: JsonOptions) => {
      const { reopenIncidentsOf } = await import('../incidents/work-on-incidents.ts');
      await reopenIncidentsOf(ids, options, terminal);
    });
  withHub(incidents.command('assign'))
    .description('say who takes care of incidents')
    .argument('<incident...>', 'ids of incidents')
    .requiredOption('--to <name>', 'who; an empty name gives them back')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura incidents assign 9f2c… --to ann'))
    .action(async (ids: string[], options: JsonOptions & { to: string }) => {
      const { assignIncidentsOf } = await import('../incidents/work-on-incidents.ts');
      await assignIncidentsOf(ids, options, terminal);
    });
  withHub(incidents.command('comment'))
    .description('write down what was found out about an incident')
    .argument('<incident>', 'id of the incident')
    .argument('<text>', 'what is to be remembered')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura incidents comment 9f2c… "came in through the CI token"'))
    .action(async (id: string, text: string, options: JsonOptions) => {
      const { commentIncidentOf } = await import('../incidents/work-on-incidents.ts');
      await commentIncidentOf({ id, text }, options, terminal);
    });
};
