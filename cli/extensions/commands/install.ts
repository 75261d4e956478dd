// `yagura extensions install`
import { type AddCommand, examples } from '../../command.ts';
import { type ChangeOptions, withWait } from '../options.ts';

export const addInstall: AddCommand = (parent, terminal) => {
  withWait(parent.command('install'))
    .description('have an extension installed in a connected cluster')
    .argument('<extension>', 'its name, such as sensor')
    .option('--values <file>', "YAML with values of its chart; - for standard input. The chart's own without")
    .addHelpText(
      'after',
      examples(
        'yagura extensions install sensor --cluster prod --wait',
        'yagura extensions install sensor --cluster prod --values sensor.yaml',
      ),
    )
    .action(async (name: string, options: ChangeOptions) => {
      const { installExtension } = await import('../change-extensions.ts');
      terminal.setExitCode(await installExtension(name, options, terminal));
    });
};
