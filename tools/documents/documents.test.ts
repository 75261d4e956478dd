// What documents name exists, decisions are short, and nothing kept speaks of one machine.
import assert from 'node:assert/strict';
import { matchesGlob, posix } from 'node:path';
import { test } from 'node:test';
import { houseRoot, isCode, readHouse } from '../house/house.ts';
import { headingsOf, linksOf, pathsOf } from './named-paths.ts';

const house = readHouse(houseRoot);
const isGenerated = (file: string): boolean => file.startsWith('docs/reference/');
const documents = house.files.filter((file) => file.endsWith('.md'));
const topFolders = new Set(
  house.files.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''),
);

/** Built or installed, so not kept, but rightly named. */
const isMade = (path: string): boolean => /^(sensor\/build|console\/dist)(\/|$)/.test(path);

const exists = (path: string): boolean =>
  isMade(path) ||
  house.files.some((file) =>
    path.includes('/')
      ? file === path ||
        file.startsWith(`${path}/`) ||
        matchesGlob(file, path) ||
        matchesGlob(file, `${path}/**`)
      : posix.basename(file) === path || file.startsWith(`${path}/`),
  );

const linkProblem = (document: string, path: string, heading: string | undefined): string | undefined => {
  const target = path === '' ? document : posix.join(posix.dirname(document), path).replace(/\/$/, '');
  if (target !== '.' && !house.files.some((file) => file === target || file.startsWith(`${target}/`)))
    return `${document} links to ${target}, which is not there`;
  if (heading === undefined || !target.endsWith('.md')) return undefined;
  return headingsOf(house.text(target)).has(heading)
    ? undefined
    : `${document}: ${target} has no heading #${heading}`;
};

test('every link leads somewhere', () => {
  const problems = documents.flatMap((document) =>
    linksOf(house.text(document)).flatMap(({ path, heading }) => linkProblem(document, path, heading) ?? []),
  );
  assert.deepEqual(problems, []);
});

test('every path that a document names exists', () => {
  const problems = documents
    .filter((document) => !isGenerated(document))
    .flatMap((document) =>
      pathsOf(house.text(document), topFolders)
        .filter((path) => !exists(path))
        .map((path) => `${document} names ${path}, which is not there`),
    );
  assert.deepEqual(problems, []);
});

test('every document that the code names exists', () => {
  const problems = house.files
    .filter((file) => isCode(file) && !file.startsWith('tools/'))
    .flatMap((file) =>
      [...house.text(file).matchAll(/(?<![\w/.])docs\/[\w./-]+\.md/g)]
        .filter(([path]) => !house.files.includes(path))
        .map(([path]) => `${file} names ${path}, which is not there`),
    );
  assert.deepEqual(problems, []);
});

test('decisions are at most 40 lines and have a number each', () => {
  const decisions = documents.filter((file) => file.startsWith('docs/decisions/'));
  const long = decisions.filter((file) => house.text(file).trimEnd().split('\n').length > 40);
  const numbers = decisions.map((file) => posix.basename(file).slice(0, 4));
  assert.deepEqual(long, []);
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test('ARCHITECTURE.md is at most 150 lines', () => {
  assert.ok(house.text('ARCHITECTURE.md').split('\n').length <= 150);
});

/** In two parts each, so that this file does not name them itself. */
const foreign = [
  ['/wo', 'rk/'],
  ['registry.np', 'mjs.org'],
  ['"resolved": "ht', 'tp'],
].map((parts) => parts.join(''));

test('no kept file names a path of one machine or a package registry', () => {
  const problems = house.files
    .filter((file) => !/\.(png|ico|woff2?)$/.test(file))
    .flatMap((file) =>
      foreign.filter((word) => house.text(file).includes(word)).map((word) => `${file}: ${word}`),
    );
  assert.deepEqual(problems, []);
});
