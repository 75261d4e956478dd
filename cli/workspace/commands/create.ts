// `yagura workspace create`
import { type AddCommand, examples } from '../../command.ts';
import { type HubOptions, withHub } from '../../hub-client/hub-options.ts';

export const addCreate: AddCommand = (parent, terminal) => {
  withHub(parent.command('create'))
    .description('show the workspace and make its first token; a hub has one, made at its first start')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura workspace create'))
    .action(async (options: HubOptions & { json?: boolean }) => {
      const { createWorkspace } = await import('../workspace.ts');
      await createWorkspace(options, terminal);
    });
};
