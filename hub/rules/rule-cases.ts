// The cases of the tests that stand beside a rule: read for people, and not run.
import { readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { HubRule, RuleCases } from '@yagura/contracts';
import { readTestFile, ruleUnderTest } from '@yagura/detection';
import type { Database } from '../store/database.ts';
import { getRuleFile } from '../store/rule-files.ts';

function casesIn(text: string | undefined): RuleCases {
  if (text === undefined) return { items: [] };
  const read = readTestFile({ path: 'tests', text });
  if (!read.ok) return { items: [], problem: `line ${read.place.line}: ${read.message}` };
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

/** `rules`: all that run, since a file may hold several. */
export async function readRuleCases(
  rule: HubRule,
  { rules, db }: { readonly rules: readonly HubRule[]; readonly db: Database },
): Promise<RuleCases> {
  const { id, file, ruleFile: name } = rule;
  const fellows = rules
    .filter((other) => other.file === file && other.ruleFile === name)
    .map((info) => ({ info }));
  const { dir, name: stem } = parse(file);
  const besideFile = join(dir, `${stem}.test.yaml`);
  const isTestedBeside = ruleUnderTest(besideFile, fellows)?.info.id === id;
  if (name !== undefined)
    return isTestedBeside ? casesIn((await getRuleFile(db, name))?.tests) : { items: [] };
  const byId = await readIfThere(join(dir, `${id}.test.yaml`));
  return byId ?? (isTestedBeside ? await readIfThere(besideFile) : undefined) ?? { items: [] };
}
