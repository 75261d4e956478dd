// `yagura rules lint [FOLDER]`
import { type AddCommand, examples } from '../../command.ts';
import { listsOption } from '../folder-options.ts';
import type { LintOptions } from '../lint-rules.ts';

export const addLint: AddCommand = (rules, terminal) => {
  rules
    .command('lint')
    .description('tell what is wrong or missing in rule files, with file, line and column')
    .argument('[folder]', 'folder of rules; those that come with Yagura unless told')
    .option(...listsOption)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules lint', 'yagura rules lint ./my-rules --json'))
    .addHelpText('after', '\nExit codes: 0 nothing found, 1 something found.')
    .action(async (folder: string | undefined, options: LintOptions) => {
      const { lint } = await import('../lint-rules.ts');
      terminal.setExitCode(await lint(folder, options, terminal));
    });
};
