// `yagura exports …`
import { alertChangeKinds, severities } from '@yagura/contracts';
import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, examples, repeated } from '../command.ts';
import type { CreateOptions } from '../exports/create-export.ts';
import type { Deed } from '../exports/do-to-export.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

type JsonOptions = HubOptions & { readonly json?: boolean };

export const addExports: AddCommand = (parent, terminal) => {
  const exports = parent
    .command('exports')
    .description('send alerts to a webhook, Slack, syslog or a file, and see how that goes')
    .addHelpText('after', examples('yagura exports list', 'yagura exports test siem'));
  withHub(exports.command('list'))
    .description('list destinations with their health, lag and dead letters')
    .option('--json', 'one a line, as JSON')
    .addHelpText('after', examples('yagura exports list'))
    .action(async (options: JsonOptions) => {
      const { listExportsOf } = await import('../exports/list-exports.ts');
      await listExportsOf(options, terminal);
    });
  addCreate(exports, terminal);
  addDeeds(exports, terminal);
  withHub(exports.command('dead-letters'))
    .description('list messages that were given up, each with the reason')
    .argument('[destination]', 'name; all unless told')
    .option('--json', 'one a line, as JSON')
    .addHelpText('after', examples('yagura exports dead-letters siem'))
    .action(async (name: string | undefined, options: JsonOptions) => {
      const { listDeadLettersOf } = await import('../exports/list-dead-letters.ts');
      await listDeadLettersOf(name, options, terminal);
    });
};

/** Its choices are shown, and checked here: commander takes several values of choices at once only. */
function change(value: string, before?: readonly string[]): readonly string[] {
  if (!(alertChangeKinds as readonly string[]).includes(value))
    throw new InvalidArgumentError(`Allowed choices are ${alertChangeKinds.join(', ')}.`);
  return repeated(value, before);
}

const addCreate: AddCommand = (exports, terminal) => {
  withHub(exports.command('create'))
    .description('add a destination; alerts that change from now on go there')
    .argument('<name>', 'lower-case letters, digits and dashes')
    .addOption(
      new Option('--type <type>', 'kind of destination')
        .choices(['webhook', 'slack', 'syslog', 'file'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--format <format>', 'webhook: json, ocsf; syslog: cef, ocsf, json; file: ocsf, json, cef'),
    )
    .option('--url-file <file>', 'file with the URL, or YAGURA_EXPORT_URL; it may hold a token')
    .option('--signing-key-file <file>', 'file with the HMAC key, or YAGURA_EXPORT_SIGNING_KEY')
    .option(
      '--authorization-file <file>',
      'file with the Authorization header, or YAGURA_EXPORT_AUTHORIZATION',
    )
    .option('--host <host>', 'of the syslog server')
    .option('--port <port>', 'of the syslog server; 514, 601 or 6514 unless told')
    .addOption(
      new Option('--protocol <protocol>', 'of syslog; tls unless told').choices(['udp', 'tcp', 'tls']),
    )
    .option('--ca-file <file>', 'PEM of a private authority')
    .addOption(new Option('--min-severity <severity>', 'this severe or more').choices(severities))
    .option('--cluster <glob>', 'of these clusters; once per glob', repeated)
    .option('--namespace <glob>', 'of these namespaces; once per glob', repeated)
    .option('--rule <glob>', 'of these rules; once per glob', repeated)
    .addOption(
      new Option(
        '--change <change>',
        'what is told; raised, reopened and closed unless given; once per change',
      )
        .choices([...alertChangeKinds])
        .argParser(change),
    )
    .option('--count-every <minutes>', 'where counted is told: at the most this often for one alert')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura exports create siem --type webhook --format ocsf --url-file url.txt --signing-key-file key.txt',
        'yagura exports create soc --type slack --url-file slack.txt --min-severity high',
        'yagura exports create arcsight --type syslog --host siem.example --ca-file ca.pem',
        'yagura exports create archive --type file',
      ),
    )
    .action(async (name: string, options: CreateOptions) => {
      const { createExportOf } = await import('../exports/create-export.ts');
      await createExportOf(name, options, terminal);
    });
};

const deeds = {
  test: 'send a made-up alert now, and say how it went',
  pause: 'send nothing until it is resumed; alerts wait',
  resume: 'go on where it was paused',
  retry: 'send its dead letters again, with their old keys',
  discard: 'throw its dead letters away; they are never sent',
  delete: 'remove it with what waits for it and its dead letters',
} as const satisfies Record<Deed, string>;

const addDeeds: AddCommand = (exports, terminal) => {
  for (const [deed, description] of Object.entries(deeds) as [Deed, string][])
    withHub(exports.command(deed))
      .description(description)
      .argument('<destination>', 'name or id')
      .option('--json', 'as JSON')
      .addHelpText('after', examples(`yagura exports ${deed} siem`))
      .action(async (name: string, options: JsonOptions) => {
        const { doToExport } = await import('../exports/do-to-export.ts');
        terminal.setExitCode(await doToExport(deed, name, { ...options, terminal }));
      });
};
