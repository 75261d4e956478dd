// What can be said after each command, read from the command tree.
import type { Command, Option } from 'commander';

export interface Word {
  readonly word: string;
  readonly description: string;
}

export interface CommandWords {
  /** Names below `yagura`, such as `alerts list`; empty for `yagura` itself. */
  readonly path: string;
  readonly subcommands: readonly Word[];
  readonly options: readonly OptionWord[];
  /** Words that the first argument may be. */
  readonly choices: readonly string[];
  /** Its arguments are files or folders. */
  readonly takesFiles: boolean;
}

export interface OptionWord extends Word {
  readonly takesValue: boolean;
  readonly takesFiles: boolean;
  readonly choices: readonly string[];
}

/** As options and arguments are named: `--rules <folder...>`, `<file>`. */
const namesFiles = (text: string): boolean => /\b(file|folder|path)s?\b/.test(text);

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function optionWords(option: Option): CommandWords['options'] {
  const takesValue = option.required || option.optional;
  const takesFiles = namesFiles(option.flags.replace(/^.*?(?=[<[]|$)/, ''));
  const choices = option.argChoices ?? [];
  return [option.long, option.short]
    .filter((word) => word !== undefined && word !== null)
    .map((word) => ({ word, description: firstLine(option.description), takesValue, takesFiles, choices }));
}

/** The root first, then every command below it. */
export function treeWords(command: Command, path: readonly string[] = []): readonly CommandWords[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  const own: CommandWords = {
    path: path.join(' '),
    subcommands: subcommands.map((each) => ({
      word: each.name(),
      description: firstLine(each.description()),
    })),
    options: help.visibleOptions(command).flatMap(optionWords),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    takesFiles: command.registeredArguments.some((argument) => namesFiles(argument.name())),
  };
  return [own, ...command.commands.flatMap((each) => treeWords(each, [...path, each.name()]))];
}
