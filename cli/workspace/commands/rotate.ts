// `yagura workspace rotate`
import { type AddCommand, examples } from '../../command.ts';
import { type HubOptions, withHub } from '../../hub-client/hub-options.ts';

export const addRotate: AddCommand = (parent, terminal) => {
  withHub(parent.command('rotate'))
    .description('end all registration tokens; who registered with them stays')
    .addHelpText('after', examples('yagura workspace rotate && yagura workspace token --uses 50'))
    .action(async (options: HubOptions) => {
      const { rotateTokens } = await import('../tokens.ts');
      await rotateTokens(options, terminal);
    });
};
