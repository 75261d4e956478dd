// `yagura rules explain RULE EVENT`
import { type AddCommand, examples } from '../../command.ts';
import { type FolderOptions, withFolders } from '../folder-options.ts';

export const addExplain: AddCommand = (rules, terminal) => {
  withFolders(rules.command('explain'))
    .description('tell why a rule fires for an event or stays silent: which tests of its condition hold')
    .argument('<rule>', 'id of the rule')
    .argument(
      '<event>',
      'file of audit records or recorded events, or of an alert as JSON; - is standard input',
    )
    .addHelpText(
      'after',
      examples(
        'yagura rules explain privileged-container event.json',
        'yagura alerts get ALERT --json | yagura rules explain privileged-container -',
        'yagura rules explain my-rule event.json --rules ./my-rules',
      ),
    )
    .addHelpText(
      'after',
      '\nOf several events each is explained in turn, with one memory for all, up to 100.\nExit codes: 0 explained, 1 the file holds no event.',
    )
    .action(async (id: string, file: string, options: FolderOptions) => {
      const { explain } = await import('../explain-rules.ts');
      terminal.setExitCode(await explain({ id, file }, options, terminal));
    });
};
