// `yagura extensions remove`
import { type AddCommand, examples } from '../../command.ts';
import { type ChangeOptions, withWait } from '../options.ts';

export const addRemove: AddCommand = (parent, terminal) => {
  withWait(parent.command('remove'))
    .description('have an extension removed from a cluster')
    .argument('<extension>', 'its name, such as sensor')
    .addHelpText('after', examples('yagura extensions remove sensor --cluster prod --wait'))
    .action(async (name: string, options: ChangeOptions) => {
      const { removeExtension } = await import('../change-extensions.ts');
      terminal.setExitCode(await removeExtension(name, options, terminal));
    });
};
