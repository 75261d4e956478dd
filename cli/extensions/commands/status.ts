// `yagura extensions status`
import { type AddCommand, examples } from '../../command.ts';
import { type ExtensionOptions, withCluster } from '../options.ts';

export const addStatus: AddCommand = (parent, terminal) => {
  withCluster(parent.command('status'))
    .description('show what is wanted of an extension, what became of it, and why')
    .argument('<extension>', 'its name, such as sensor')
    .addHelpText(
      'after',
      examples(
        'yagura extensions status sensor --cluster prod',
        'yagura extensions status sensor --cluster prod --json',
      ),
    )
    .action(async (name: string, options: ExtensionOptions) => {
      const { showExtension } = await import('../show-extensions.ts');
      await showExtension(name, options, terminal);
    });
};
