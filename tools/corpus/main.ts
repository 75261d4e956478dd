// `npm run corpus -- NAME FOLDER`: runs cases that others wrote, as they lie in a folder, and tells each that comes out otherwise.
import { parseArgs } from 'node:util';
import { corpora } from './corpora.ts';

const usage = `npm run corpus -- NAME FOLDER
  ${corpora.map(({ name, what }) => `${name}: ${what}`).join('\n  ')}
`;

const { positionals } = parseArgs({ allowPositionals: true });
const [name, folder] = positionals;
const corpus = corpora.find((each) => each.name === name);
if (corpus === undefined || folder === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { results, leftOut } = await corpus.run(folder);
  const misses = results.filter(({ miss }) => miss !== undefined);
  for (const { id, miss } of misses) process.stdout.write(`✗ ${id}: ${miss}\n`);
  const right = results.length - misses.length;
  process.stdout.write(
    `${right} of ${results.length} cases are right; ${leftOut} are about another engine and left out\n`,
  );
  process.exitCode = misses.length === 0 ? 0 : 1;
}
