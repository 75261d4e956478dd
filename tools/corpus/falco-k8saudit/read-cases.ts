// Reads the expectations of the corpus: traces of Falco's own regression tests, and what must come of each.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

const Case = Type.Object({
  id: Type.String(),
  trace: Type.String(),
  detect: Type.Boolean(),
  expect: Type.Array(
    Type.Object({ behaviour: Type.Union([Type.String(), Type.Null()]), count: Type.Integer() }),
  ),
  overrides: Type.Optional(Type.Array(Type.String())),
  must_not_fire: Type.Optional(Type.Array(Type.String())),
  engine_specific: Type.Optional(Type.Boolean()),
});
export type Case = Static<typeof Case>;

const Expectations = Type.Object({ cases: Type.Array(Case) });

export async function readCases(folder: string): Promise<readonly Case[]> {
  const value: unknown = JSON.parse(await readFile(join(folder, 'expectations.json'), 'utf8'));
  if (!Value.Check(Expectations, value))
    throw new Error(`${folder}/expectations.json has another shape than expected`);
  return value.cases;
}
