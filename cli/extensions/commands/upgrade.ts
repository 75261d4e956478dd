// `yagura extensions upgrade`
import { type AddCommand, examples } from '../../command.ts';
import { type ChangeOptions, withWait } from '../options.ts';

export const addUpgrade: AddCommand = (parent, terminal) => {
  withWait(parent.command('upgrade'))
    .description("bring an extension to the hub's version, or to other values; what fails is rolled back")
    .argument('<extension>', 'its name, such as sensor')
    .option(
      '--values <file>',
      'YAML with all values that it shall have; - for standard input. Those that it has without',
    )
    .addHelpText(
      'after',
      examples(
        'yagura extensions upgrade sensor --cluster prod --wait',
        'yagura extensions upgrade sensor --cluster prod --values sensor.yaml --wait',
      ),
    )
    .action(async (name: string, options: ChangeOptions) => {
      const { upgradeExtension } = await import('../change-extensions.ts');
      terminal.setExitCode(await upgradeExtension(name, options, terminal));
    });
};
