// `yagura rules backtest --rules FOLDER --events FILE`
import { type AddCommand, examples } from '../../command.ts';
import type { BacktestCliOptions } from '../backtest-rules.ts';
import { listsOption } from '../folder-options.ts';

export const addBacktest: AddCommand = (rules, terminal) => {
  rules
    .command('backtest')
    .description('tell how often proposed rules would have fired on past events, beside the present rules')
    .requiredOption('--rules <path...>', 'proposed rules; one with the id of a present rule takes its place')
    .requiredOption(
      '--events <path...>',
      'audit logs or recorded events, plain, gzip or zstd; of a folder all its files',
    )
    .option('--present <path...>', 'present rules, beside those that come with Yagura')
    .option('--no-builtin', 'leave out the rules that come with Yagura')
    .option(...listsOption)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura rules backtest --rules ./new --events /var/log/kubernetes',
        'yagura rules backtest --rules ./new --present ./ours --events audit-*.log.gz --json',
      ),
    )
    .addHelpText('after', '\nExit codes: 0 done, 1 a rule is broken or events could not be read.')
    .action(async (options: BacktestCliOptions) => {
      const { backtest } = await import('../backtest-rules.ts');
      terminal.setExitCode(await backtest(options, terminal));
    });
};
