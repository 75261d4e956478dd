// `yagura rules list`
import { type AddCommand, examples } from '../../command.ts';
import { type HubOptions, withHub } from '../../hub-client/hub-options.ts';
import { type FolderOptions, withFolders } from '../folder-options.ts';

export const addList: AddCommand = (rules, terminal) => {
  withHub(withFolders(rules.command('list')))
    .description(
      'list the rules that come with Yagura, and those of other folders and files, or those of a hub',
    )
    .option('--hub', 'those that a hub runs, with what they cost, the costliest first')
    .addHelpText(
      'after',
      examples('yagura rules list', 'yagura rules list --hub', 'yagura rules list --rules ./my-rules --json'),
    )
    .action(async (options: FolderOptions & HubOptions & { hub?: boolean }) => {
      if (options.hub || options.url !== undefined) {
        const { listHubRules } = await import('../hub/hub-rules.ts');
        return listHubRules(options, terminal);
      }
      const { listRules } = await import('../list-rules.ts');
      terminal.setExitCode(await listRules(options, terminal));
    });
};
