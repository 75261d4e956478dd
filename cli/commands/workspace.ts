// `yagura workspace …`
import { type AddCommand, examples } from '../command.ts';
import { workspaceCommands } from '../workspace/commands/index.ts';

export const addWorkspace: AddCommand = (parent, terminal) => {
  const workspace = parent
    .command('workspace')
    .description('who may register with a hub, and how long it keeps what')
    .addHelpText('after', examples('yagura workspace show', 'yagura workspace token --uses 50'));
  for (const add of workspaceCommands) add(workspace, terminal);
};
