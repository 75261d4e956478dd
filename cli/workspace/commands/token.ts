// `yagura workspace token`
import { Option } from 'commander';
import { type AddCommand, examples } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { TokenOptions } from '../tokens.ts';

export const addToken: AddCommand = (parent, terminal) => {
  withHub(parent.command('token'))
    .description('make a registration token; it is shown once')
    .addOption(
      new Option('--role <role>', 'what registers with it').choices(['node', 'cluster']).default('node'),
    )
    .option('--name <name>', 'registers this name alone')
    .option('--uses <count>', 'how many may register with it', '1')
    .option('--hours <count>', 'how long it holds', '24')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura workspace token',
        'yagura workspace token --uses 50 --hours 2',
        'yagura workspace token --name node-7',
      ),
    )
    .action(async (options: TokenOptions) => {
      const { makeToken } = await import('../tokens.ts');
      await makeToken(options, terminal);
    });
};
