// A table of text, fitted to the width of the terminal by cutting its last column.
import { stripVTControlCharacters } from 'node:util';

const width = (text: string): number => stripVTControlCharacters(text).length;

// What is shown comes from outside: a control character in it could repaint the terminal. Colours are put on after.
const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e);
};

/** One line, without characters that a terminal would obey. */
export const plain = (text: string): string =>
  Array.from(text, (character) => (isControl(character) ? ' ' : character)).join('');

export interface TableOptions {
  readonly columns: number;
  readonly paintHead: (text: string) => string;
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => width(row[column] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0);
  const lastWidth = Math.max(20, options.columns - before);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cut(cell, lastWidth) : pad(cell, widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [options.paintHead(line(head)), ...rows.map(line)].map((each) => `${each}\n`).join('');
}

const pad = (cell: string, to: number): string => cell + ' '.repeat(Math.max(0, to - width(cell)));

const cut = (cell: string, to: number): string => (width(cell) <= to ? cell : `${cell.slice(0, to - 1)}…`);
