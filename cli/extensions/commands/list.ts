// `yagura extensions list`
import { type AddCommand, examples } from '../../command.ts';
import { type ExtensionOptions, withCluster } from '../options.ts';

export const addList: AddCommand = (parent, terminal) => {
  withCluster(parent.command('list'))
    .description('list the extensions of a cluster with their status')
    .addHelpText('after', examples('yagura extensions list --cluster prod'))
    .action(async (options: ExtensionOptions) => {
      const { listExtensionsOf } = await import('../show-extensions.ts');
      await listExtensionsOf(options, terminal);
    });
};
