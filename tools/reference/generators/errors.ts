// docs/reference/errors.md: every error code with its meaning and what mends it.
import { posix } from 'node:path';
import { listFiles } from '../../house/list-files.ts';
import type { Generator } from '../generator.ts';
import { load } from '../load.ts';
import { code, page, table } from '../markdown.ts';

type ErrorCodes = Readonly<Record<string, { readonly meaning: string; readonly mend: string }>>;

const codesOf = async (root: string, file: string): Promise<ErrorCodes> => {
  const exported = await load(root, file);
  const own = Object.entries(exported).filter(([name]) => /^(\w+E|e)rrorCodes$/.test(name));
  return Object.assign({}, ...own.map(([, codes]) => codes));
};

const generate = async (root: string): Promise<string> => {
  const parts: string[] = [];
  const files = listFiles(root).filter((file) => /^[^/]+(\/kubernetes|\/api)?\/errors\.ts$/.test(file));
  for (const file of files) {
    const rows = Object.entries(await codesOf(root, file))
      .map(([name, { meaning, mend }]) => [code(name), meaning, mend])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    parts.push(
      `## ${posix.dirname(file).replace('/api', '')}`,
      table(['code', 'meaning', 'how to mend'], rows),
    );
  }
  return page('Errors', 'Every error has a code; each code says what to do about it.', ...parts);
};

export const errors: Generator = { file: 'errors.md', generate };
