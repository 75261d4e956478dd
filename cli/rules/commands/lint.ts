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
    .option('--strict', 'warnings count as a failure')
    .option('--json', 'as JSON, one problem a line')
    .addHelpText(
      'after',
      examples(
        'yagura rules lint ./my-rules',
        'yagura rules lint ./my-rules --strict',
        'yagura rules lint ./my-rules --json | jq \'select(.severity == "error")\'',
      ),
    )
    .addHelpText(
      'after',
      '\nAn error keeps a rule or its tests from working; a warning tells what its readers miss: title, why, benign, respond, attack, tests.\nExit codes: 0 no errors, 1 an error, or with --strict a warning.',
    )
    .action(async (path: string | undefined, options: LintOptions) => {
      const { lint } = await import('../lint-rules.ts');
      terminal.setExitCode(await lint(path, options, terminal));
    });
};
