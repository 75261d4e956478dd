// `yagura rules test [FOLDER]`
import { InvalidArgumentError } from 'commander';
import { type AddCommand, examples } from '../../command.ts';
import { listsOption } from '../folder-options.ts';
import type { TestOptions } from '../test-rules.ts';

function percent(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('a number from 0 to 100 is expected');
}

export const addTest: AddCommand = (rules, terminal) => {
  rules
    .command('test')
    .description('run the tests that stand beside rules (<rule>.test.yaml) through the engine')
    .argument('[path]', 'folder of rules, or one rule file; the rules that come with Yagura unless told')
    .option('--branches', 'list each test of a condition that never held, or always did')
    .option('--min-branches <percent>', 'fail below this share of branches tried, over all rules', percent)
    .option(...listsOption)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura rules test',
        'yagura rules test ./my-rules --branches',
        'yagura rules test ./my-rules --min-branches 90',
      ),
    )
    .addHelpText(
      'after',
      '\nA branch is one side of one test in a condition: an event in which it holds, and one in which it does not.\nExit codes: 0 all passed, 1 a test failed, a rule is broken, or too few branches were tried.',
    )
    .action(async (path: string | undefined, options: TestOptions) => {
      const { testRules } = await import('../test-rules.ts');
      terminal.setExitCode(await testRules(path, options, terminal));
    });
};
