// `yagura rules lint [FOLDER]`
import { type AddCommand, examples } from '../../command.ts';
import { listsOption } from '../folder-options.ts';
import type { LintOptions } from '../lint-rules.ts';

export const addLint: AddCommand = (rules, terminal) => {
  rules
    .command('lint')
    .description('tell what is wrong or missing in rule files, with file, line and column')
    .argument('[path]', 'folder of rules, or one rule file; the rules that come with Yagura unless told')
    .option(...listsOption)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules lint', 'yagura rules lint ./my-rules --json'))
    .addHelpText('after', '\nExit codes: 0 nothing found, 1 something found.')
    .action(async (path: string | undefined, options: LintOptions) => {
      const { lint } = await import('../lint-rules.ts');
      terminal.setExitCode(await lint(path, options, terminal));
    });
};
