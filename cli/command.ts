// What a command is: a file in commands/ that puts itself into the tree.
import type { Command } from 'commander';
import type { Terminal } from './terminal/terminal.ts';

/** Adds itself below `parent`; loads what it needs only when it runs. */
export type AddCommand = (parent: Command, terminal: Terminal) => void;

/** Takes an option as often as it is given; one named `<value...>` would take the command's arguments behind it, too. */
export const repeated = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** The part of `--help` that shows how a command is used. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n');
