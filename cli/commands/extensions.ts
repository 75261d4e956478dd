// `yagura extensions …`
import { type AddCommand, examples } from '../command.ts';
import { extensionCommands } from '../extensions/commands/index.ts';

export const addExtensions: AddCommand = (parent, terminal) => {
  const extensions = parent
    .command('extensions')
    .description('have the agents of connected clusters install, upgrade and remove the sensor')
    .addHelpText(
      'after',
      examples(
        'yagura extensions install sensor --cluster prod --wait',
        'yagura extensions list --cluster prod',
      ),
    );
  for (const add of extensionCommands) add(extensions, terminal);
};
