// Every way of importing is seen, and words in comments and strings are not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImports } from './read-imports.ts';

/** ‹ and › stand for the quotes, so that this file is not taken to import anything itself. */
const text = `// import a from ‹commented›;
import { b } from ‹named›;
import {
  c,
} from ‹./several-lines.ts›;
import ‹for-its-effect›;
export * from ‹./all.ts›;
export const d = ‹from›;
/* import e from ‹blocked›; */
const f = await import(‹loaded›);
const g: import(‹typed›).G = f;
const h = "import i from ‹quoted›";
`.replaceAll(/[‹›]/g, "'");

test('statements, re-exports, effects and calls are found with their lines', () => {
  assert.deepEqual(
    readImports(text).map(({ specifier, isDynamic, line }) => [specifier, isDynamic, line]),
    [
      ['named', false, 2],
      ['./several-lines.ts', false, 3],
      ['for-its-effect', false, 6],
      ['./all.ts', false, 7],
      ['loaded', true, 10],
      ['typed', true, 11],
    ],
  );
});
