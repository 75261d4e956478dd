// `npm run docs`: writes docs/reference, and what else is made from the code; without --write it only says what would change.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOf, referenceFolder } from './generator.ts';
import { generators } from './generators/list.ts';

const root = join(import.meta.dirname, '../..');
const isWriting = process.argv.includes('--write');

await mkdir(join(root, referenceFolder), { recursive: true });
for (const generator of generators) {
  const text = await generator.generate(root);
  const path = pathOf(generator);
  const before = await readFile(join(root, path), 'utf8').catch(() => undefined);
  if (before === text) continue;
  if (isWriting) await writeFile(join(root, path), text);
  process.stdout.write(`${path}: ${isWriting ? 'written' : 'would change'}\n`);
}
