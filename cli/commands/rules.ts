// `yagura rules …`
import { type AddCommand, examples } from '../command.ts';
import { ruleCommands } from '../rules/commands/index.ts';

export const addRules: AddCommand = (parent, terminal) => {
  const rules = parent
    .command('rules')
    .description('list, show, test, lint and check detection rules')
    .addHelpText('after', examples('yagura rules list', 'yagura rules test ./my-rules'));
  for (const add of ruleCommands) add(rules, terminal);
};
