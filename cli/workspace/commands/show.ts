// `yagura workspace show`
import { type AddCommand, examples } from '../../command.ts';
import { type HubOptions, withHub } from '../../hub-client/hub-options.ts';

export const addShow: AddCommand = (parent, terminal) => {
  withHub(parent.command('show'))
    .description('what agents need to register, how many have, and how long what is kept')
    .option('--json', 'as JSON, with the certificate authority')
    .addHelpText(
      'after',
      examples('yagura workspace show', 'yagura workspace show --json | jq -r .authority'),
    )
    .action(async (options: HubOptions & { json?: boolean }) => {
      const { showWorkspace } = await import('../workspace.ts');
      await showWorkspace(options, terminal);
    });
};
