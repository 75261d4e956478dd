// `yagura rules show RULE`
import { type AddCommand, examples } from '../../command.ts';
import { type FolderOptions, withFolders } from '../folder-options.ts';

export const addShow: AddCommand = (rules, terminal) => {
  withFolders(rules.command('show'))
    .description('show one rule: what it looks for, why, and what to do about it')
    .argument('<rule>', 'id of the rule')
    .addHelpText('after', examples('yagura rules show privileged-container'))
    .action(async (id: string, options: FolderOptions) => {
      const { showRule } = await import('../list-rules.ts');
      terminal.setExitCode(await showRule(id, options, terminal));
    });
};
