// `npm test`: every tier that this machine can run, then a table and the sum.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findTestFiles } from './find-test-files.ts';
import { exitCodeOf, fileLines, skippedLines, sumLine, type TierReport, table } from './report.ts';
import { runRuleCases } from './run-rule-cases.ts';
import { runTier } from './run-tier.ts';
import { type TestResult, tally } from './test-result.ts';
import { type Machine, tiers } from './tiers.ts';

const usage = `npm test -- [--tier NAME]... [--only PART-OF-A-FILE-NAME] [--no-install]
tiers: ${[...tiers.map(({ name }) => name), 'rules'].join(', ')}`;

const options = {
  tier: { type: 'string', multiple: true },
  only: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const print = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

const timed = async (
  name: string,
  what: string,
  work: () => Promise<readonly TestResult[]>,
): Promise<TierReport> => {
  print([`${name}: ${what}`]);
  const startedAt = performance.now();
  const results = await work();
  print(skippedLines(results));
  return { name, what, results, durationMs: performance.now() - startedAt };
};

const machine: Machine = {
  uid: process.getuid?.() ?? -1,
  env: process.env,
  root: join(import.meta.dirname, '../..'),
};

const ruleTier = (): Promise<TierReport> =>
  timed('rules', 'each rule against the events beside it', async () => {
    const results = await runRuleCases();
    for (const [file, ofFile] of Map.groupBy(results, (result) => result.file))
      print(fileLines(file, ofFile));
    return results;
  });

const runAll = async (isWanted: (tier: string) => boolean, only: string): Promise<readonly TierReport[]> => {
  const files = (await findTestFiles(machine.root)).filter((file) => file.includes(only));
  const reports: TierReport[] = [];
  for (const tier of tiers.filter(({ name }) => isWanted(name))) {
    const own = files.filter(tier.holds);
    if (own.length === 0) continue;
    const onFile = (file: string, results: readonly TestResult[]): void => print(fileLines(file, results));
    const work = (): ReturnType<typeof runTier> => runTier({ tier, files: own, machine, onFile });
    reports.push(await timed(tier.name, tier.what, work));
  }
  if (isWanted('rules') && 'detection/rules'.includes(only)) reports.push(await ruleTier());
  return reports;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const known = [...tiers.map(({ name }) => name), 'rules'];
  const unknown = values.tier?.find((name) => !known.includes(name));
  if (values.help || unknown !== undefined) {
    print([...(unknown === undefined ? [] : [`there is no tier ${unknown}`]), usage]);
    return unknown === undefined ? 0 : 2;
  }
  const wanted = values.tier ?? known;
  const reports = await runAll((name) => wanted.includes(name), values.only ?? '');
  const sum = tally(reports.flatMap(({ results }) => results));
  print(['', ...table(reports), '', sumLine(sum)]);
  return exitCodeOf(sum);
};

process.exitCode = await main();
