// docs/reference/cli.md: every command with its arguments and options.
import type { Generator } from '../generator.ts';
import { loadExport } from '../load.ts';
import { block, page } from '../markdown.ts';

/** The part of commander's Command that is read here; the CLI is a program and cannot be imported. */
interface Command {
  readonly commands: readonly Command[];
  name(): string;
  description(): string;
  helpInformation(): string;
  configureHelp(settings: { readonly helpWidth: number }): unknown;
}

const all = (command: Command, before: readonly string[] = []): readonly (readonly [string, Command])[] => {
  const path = [...before, command.name()];
  return [[path.join(' '), command], ...command.commands.flatMap((child) => all(child, path))];
};

const section = ([path, command]: readonly [string, Command]): readonly string[] => {
  command.configureHelp({ helpWidth: 100 });
  return [`## ${path}`, block('', command.helpInformation())];
};

const generate = async (root: string): Promise<string> => {
  const build = (await loadExport(root, 'cli/index.ts', 'buildProgram')) as () => Command;
  return page(
    'Command line',
    'What `yagura --help` and the help of each command say. Exit codes and errors: [errors](errors.md).',
    ...all(build()).flatMap(section),
  );
};

export const cli: Generator = { file: 'cli.md', generate };
