// Where corpora lie on this machine, if they do: YAGURA_CORPORA, or `shared/corpora` beside the checkout.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusPlace {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The folder of one corpus. */
export function findCorpus(name: string, { root, env }: CorpusPlace): string | undefined {
  const folders = [
    env['YAGURA_CORPORA'],
    join(root, '../shared/corpora'),
    join(root, '../../shared/corpora'),
  ];
  return folders
    .filter((folder) => folder !== undefined && folder !== '')
    .map((folder) => join(folder ?? '', name))
    .find((folder) => existsSync(folder));
}
