// `yagura workspace retention`
import { type AddCommand, examples } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { RetentionOptions } from '../retention.ts';

export const addRetention: AddCommand = (parent, terminal) => {
  withHub(parent.command('retention'))
    .description('show how long what is kept, or set it; raw audit logs are never kept')
    .option('--closed-alerts <days>', 'closed alerts; open ones stay')
    .option('--occurrences <days>', 'how long a repeated event is recognised')
    .option('--trail <days>', 'who changed what')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples('yagura workspace retention', 'yagura workspace retention --closed-alerts 30 --trail 730'),
    )
    .action(async (options: RetentionOptions) => {
      const { retentionOf } = await import('../retention.ts');
      await retentionOf(options, terminal);
    });
};
