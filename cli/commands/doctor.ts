// `yagura doctor`
import { type AddCommand, examples } from '../command.ts';

export const addDoctor: AddCommand = (parent, terminal) => {
  parent
    .command('doctor')
    .description('tell what this machine can and cannot do, and how to mend it')
    .option('--data <folder>', 'data folder to look at')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura doctor', 'yagura doctor --json'))
    .addHelpText(
      'after',
      '\nExit codes: 0 Yagura can run here, 1 something is missing without which it cannot.',
    )
    .action(async (options: { data?: string; json?: boolean }) => {
      const { examine } = await import('../doctor/examine.ts');
      terminal.setExitCode(await examine(options, terminal));
    });
};
