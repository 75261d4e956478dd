// `npm run docs`: writes docs/reference from the code; without --write it only says what would change.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generators } from './generators/list.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/reference');
const isWriting = process.argv.includes('--write');

await mkdir(folder, { recursive: true });
for (const { file, generate } of generators) {
  const text = await generate(root);
  const path = join(folder, file);
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === text) continue;
  if (isWriting) await writeFile(path, text);
  process.stdout.write(`docs/reference/${file}: ${isWriting ? 'written' : 'would change'}\n`);
}
