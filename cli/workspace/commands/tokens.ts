// `yagura workspace tokens`
import { type AddCommand, examples } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { TokensOptions } from '../tokens.ts';

export const addTokens: AddCommand = (parent, terminal) => {
  withHub(parent.command('tokens'))
    .description('list the registration tokens that can still be used, or end one')
    .option('--end <id>', 'take this one back')
    .option('--json', 'one token a line, as JSON')
    .addHelpText('after', examples('yagura workspace tokens', 'yagura workspace tokens --end 3f9a…'))
    .action(async (options: TokensOptions) => {
      const { listTokensOf } = await import('../tokens.ts');
      await listTokensOf(options, terminal);
    });
};
