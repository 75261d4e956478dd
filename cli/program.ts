// The command tree: what `yagura` understands.
import { Command } from 'commander';
import { examples } from './command.ts';
import { commands } from './commands/index.ts';
import manifest from './package.json' with { type: 'json' };
import { silentTerminal, type Terminal } from './terminal/terminal.ts';

/** Builds the tree without running anything; throws CommanderError from `parseAsync` instead of ending the process. */
export function buildProgram(terminal: Terminal = silentTerminal): Command {
  const program = new Command('yagura')
    .description('Watches Kubernetes clusters and their nodes for attacks.')
    .version(`yagura ${manifest.version}`, '-V, --version', 'show the version')
    .option('--verbose', 'show stack traces of errors, and the logs of what is started')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .enablePositionalOptions(false)
    .addHelpText(
      'after',
      examples(
        'yagura start                          run everything on this machine',
        'yagura simulate                       run harmless attacks and see their alerts',
        'yagura analyze audit.log              look through an audit log, without a hub',
        'yagura alerts list --severity high    what was found',
      ),
    );
  for (const add of commands) add(program, terminal);
  settle(program, terminal);
  return program;
}

/** Where the output is no terminal, and at the most. */
const helpColumns = 120;

/** What an option that is missing may be, as commander says for one that has a wrong value. */
function withChoices({ options }: Command, text: string): string {
  const missing = options.find(
    ({ flags, mandatory }) => mandatory && text.includes(`option '${flags}' not specified`),
  );
  const choices = missing?.argChoices?.join(', ');
  return choices === undefined ? text : `${text.trimEnd()}; it takes ${choices}\n`;
}

/** Applies to every command of the tree, however deep. */
function settle(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void terminal.print(text),
    writeErr: (text) => terminal.note(text),
    getOutHelpWidth: () => Math.min(terminal.columns, helpColumns),
    getErrHelpWidth: () => Math.min(terminal.columns, helpColumns),
    getOutHasColors: () => terminal.hasOutputColours,
    getErrHasColors: () => terminal.hasErrorColours,
    outputError: (text, write) => write(withChoices(command, text)),
  });
  for (const child of command.commands) settle(child, terminal);
}
