// `yagura rules list`
import { type AddCommand, examples } from '../../command.ts';
import { type FolderOptions, withFolders } from '../folder-options.ts';

export const addList: AddCommand = (rules, terminal) => {
  withFolders(rules.command('list'))
    .description('list the rules that come with Yagura, and those of other folders')
    .addHelpText('after', examples('yagura rules list', 'yagura rules list --rules ./my-rules --json'))
    .action(async (options: FolderOptions) => {
      const { listRules } = await import('../list-rules.ts');
      terminal.setExitCode(await listRules(options, terminal));
    });
};
