// The cases of the tests that stand beside a rule: read for people, and not run.
import { readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { HubRule, RuleCases } from '@yagura/contracts';
import { readTestFile } from '@yagura/detection';
import type { Database } from '../store/database.ts';
import { getRuleFile } from '../store/rule-files.ts';

/** Which rule of a file its tests are about: the one that is named as the file, or the only one. */
export const testedRule = (fileName: string, ids: readonly string[]): string | undefined =>
  ids.find((id) => id === fileName) ?? (ids.length === 1 ? ids[0] : undefined);

function casesIn(text: string | undefined): RuleCases {
  if (text === undefined) return { items: [] };
  const read = readTestFile({ path: 'tests', text });
  if (!read.ok) return { items: [], problem: read.message };
  return { items: read.cases.map(({ name, alerts }) => ({ name, alerts: alerts.length })) };
}

async function readIfThere(path: string): Promise<RuleCases | undefined> {
  try {
    return casesIn(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { items: [], problem: message };
  }
}

/** Tests are named after their rule, or after the file of the only one. */
async function casesBeside({ file, id }: HubRule, rules: readonly HubRule[]): Promise<RuleCases> {
  const { dir, name } = parse(file);
  const byId = await readIfThere(join(dir, `${id}.test.yaml`));
  const ids = rules.filter((other) => other.file === file).map((other) => other.id);
  const byFile =
    byId === undefined && testedRule(name, ids) === id
      ? await readIfThere(join(dir, `${name}.test.yaml`))
      : undefined;
  return byId ?? byFile ?? { items: [] };
}

/** `rules`: all that run, since a file of the hub may hold several. */
export async function readRuleCases(
  rule: HubRule,
  { rules, db }: { readonly rules: readonly HubRule[]; readonly db: Database },
): Promise<RuleCases> {
  const { id, ruleFile: name } = rule;
  if (name === undefined) return casesBeside(rule, rules);
  const ids = rules.filter(({ ruleFile }) => ruleFile === name).map((other) => other.id);
  return testedRule(name, ids) === id ? casesIn((await getRuleFile(db, name))?.tests) : { items: [] };
}
