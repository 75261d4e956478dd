// docs/reference/chart-values.md: every value of the Helm charts, from values.yaml and the comments in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';

const charts: readonly { readonly name: string; readonly what: string }[] = [
  { name: 'yagura', what: 'What runs on nodes and in clusters that are watched.' },
  { name: 'yagura-hub', what: 'The back end.' },
];

interface Row {
  readonly path: string;
  readonly byDefault: string;
  readonly meaning: string;
}

interface Level {
  readonly indent: number;
  readonly key: string;
  readonly meaning: string;
}

/** A comment belongs to the key below it, and to all below that which have none of their own. */
export function readValues(text: string): readonly Row[] {
  const rows: Row[] = [];
  const above: Level[] = [];
  let comment = '';
  for (const line of text.split('\n')) {
    const said = /^\s*# (.*)$/.exec(line)?.[1];
    if (said !== undefined) comment = said;
    else if (line.trim() === '') comment = '';
    const [, space = '', key, byDefault = ''] = /^(\s*)([A-Za-z]\w*):\s*(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    while ((above.at(-1)?.indent ?? -1) >= space.length) above.pop();
    const meaning = comment || (above.at(-1)?.meaning ?? '');
    const path = [...above.map((level) => level.key), key].join('.');
    comment = '';
    if (byDefault === '') above.push({ indent: space.length, key, meaning });
    else rows.push({ path, byDefault, meaning });
  }
  return rows;
}

const section = (root: string, { name, what }: (typeof charts)[number]): readonly string[] => {
  const rows = readValues(readFileSync(join(root, `deploy/chart/${name}/values.yaml`), 'utf8'));
  const cells = rows.map(({ path, byDefault, meaning }) => [code(path), code(byDefault), meaning]);
  return [`## ${name}`, what, table(['value', 'default', 'meaning'], cells)];
};

const generate = (root: string): string =>
  page('Values of the charts', ...charts.flatMap((chart) => section(root, chart)));

export const chartValues: Generator = { file: 'chart-values.md', generate };
