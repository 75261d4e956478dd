// `yagura completion SHELL`
import { Argument, type Command } from 'commander';
import { type AddCommand, examples } from '../command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

export const addCompletion: AddCommand = (parent, terminal) => {
  parent
    .command('completion')
    .description('print a script that completes commands in your shell')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(shells))
    .addHelpText(
      'after',
      examples(
        'source <(yagura completion bash)',
        'yagura completion zsh > ~/.zfunc/_yagura',
        'yagura completion fish > ~/.config/fish/completions/yagura.fish',
      ),
    )
    .action(async (shell: Shell) => {
      const { completionScript } = await import('../completion/script.ts');
      await terminal.print(completionScript(shell, rootOf(parent)));
    });
};
