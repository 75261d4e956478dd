// `yagura rules check FILES…`
import { type AddCommand, examples, repeated } from '../../command.ts';
import type { CheckOptions } from '../check-rules.ts';

export const addCheck: AddCommand = (rules, terminal) => {
  rules
    .command('check')
    .description(
      'tell what becomes of the rules of any Falco file: runs, runs with empty fields, or cannot run',
    )
    .argument('<files...>', 'rule files or folders, in the order in which Falco would load them')
    .option('--strict', 'fields that are always empty count as a failure')
    .option('--lists <folder>', 'lists beside those that stand with the rules; once per folder', repeated)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura rules check falco_rules.yaml falco_rules.local.yaml',
        'yagura rules check --strict ./rules.d',
      ),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 all rules that are on run, 1 some cannot or a file is broken, or with --strict a field is always empty.',
    )
    .action(async (files: readonly string[], options: CheckOptions) => {
      const { check } = await import('../check-rules.ts');
      terminal.setExitCode(await check(files, options, terminal));
    });
};
