// `yagura suppressions …`
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';
import type { CreateOptions } from '../suppressions/create-suppression.ts';

export const addSuppressions: AddCommand = (parent, terminal) => {
  const suppressions = parent
    .command('suppressions')
    .description('keep known alerts from view, with an owner, a reason and an expiry')
    .addHelpText('after', examples('yagura suppressions list', 'yagura suppressions delete 4f1c…'));
  withHub(suppressions.command('list'))
    .description('list suppressions with their hits, those that hold first')
    .option('--json', 'one a line, as JSON')
    .addHelpText('after', examples('yagura suppressions list', 'yagura suppressions list --json'))
    .action(async (options: HubOptions & { json?: boolean }) => {
      const { listSuppressionsOf } = await import('../suppressions/list-suppressions.ts');
      await listSuppressionsOf(options, terminal);
    });
  withHub(suppressions.command('delete'))
    .description('end suppressions before their time; their alerts come back when they occur again')
    .argument('<suppression...>', 'ids')
    .addHelpText('after', examples('yagura suppressions delete 4f1c…'))
    .action(async (ids: string[], options: HubOptions) => {
      const { deleteSuppressionsOf } = await import('../suppressions/delete-suppressions.ts');
      await deleteSuppressionsOf(ids, options, terminal);
    });
  addCreate(suppressions, terminal);
};

const addCreate: AddCommand = (suppressions, terminal) => {
  withHub(suppressions.command('create'))
    .description('suppress alerts that fit all the fields given; each is exact or a glob')
    .option('--rule <id>', 'rule')
    .option('--cluster <name>', 'cluster')
    .option('--namespace <name>', 'namespace')
    .option('--workload <name>', 'workload that the alert shows, its pod, or the audited object')
    .option('--user <name>', 'user')
    .option('--image <reference>', 'image')
    .option('--node <name>', 'node')
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--reason <text>', 'why these alerts need no eyes')
    .requiredOption('--expires <when>', 'an age such as 30d, at most a year, or a time (RFC 3339)')
    .option('--preview', "show how many of the last 7 days' alerts it would have matched, and create nothing")
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura suppressions create --rule exec-into-pod --namespace ci --owner ann --reason "build agents" --expires 30d',
        'yagura suppressions create --user "system:serviceaccount:backup:*" --owner ann --reason backup --expires 90d --preview',
      ),
    )
    .action(async (options: CreateOptions) => {
      const { createSuppressionOf } = await import('../suppressions/create-suppression.ts');
      await createSuppressionOf(options, terminal);
    });
};
