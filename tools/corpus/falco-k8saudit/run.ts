// Runs each case through `yagura analyze --json`, as a user would, and compares rules, counts and silence.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AlertDraft } from '@yagura/contracts';
import { houseRoot } from '../../house/house.ts';
import type { CaseResult, Corpus, CorpusReport } from '../corpus.ts';
import { listsFor, rulesByBehaviour } from './mapping.ts';
import { type Case, readCases } from './read-cases.ts';

type Alert = Pick<AlertDraft, 'rule' | 'count' | 'severity'>;

const run = promisify(execFile);
const outputLimitBytes = 16 * 1024 * 1024;

async function writeLists(folder: string, entry: Case): Promise<string> {
  const lists = join(folder, entry.id);
  await mkdir(lists);
  for (const [name, values] of Object.entries(listsFor(entry.overrides ?? [])))
    await writeFile(join(lists, name), `${values.join('\n')}\n`);
  return lists;
}

/** Some traces are no audit event on purpose: all that is asked of them is silence. */
const isNothingRead = (error: unknown): error is { readonly stdout: string } =>
  error instanceof Error &&
  'stderr' in error &&
  String(error.stderr).startsWith('error: nothing could be read');

async function analyse(trace: string, lists: string): Promise<readonly Alert[]> {
  const words = ['analyze', '--json', '--quiet', '--lists', lists, '--', trace];
  const { stdout } = await run(join(houseRoot, 'yagura'), words, { maxBuffer: outputLimitBytes }).catch(
    (error: unknown) => {
      if (isNothingRead(error)) return error;
      throw error;
    },
  );
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Alert);
}

function rulesOf(behaviour: string): readonly string[] {
  const rules = rulesByBehaviour[behaviour];
  if (rules === undefined) throw new Error(`there is no rule for the behaviour ${behaviour}`);
  return rules;
}

const countOf = (alerts: readonly Alert[], rule: string): number =>
  alerts.reduce((sum, alert) => (alert.rule === rule ? sum + alert.count : sum), 0);

const told = (alerts: readonly Alert[]): string =>
  alerts.map(({ rule, count }) => `${rule} ${count}×`).join(', ') || 'no alert';

function missOf(entry: Case, alerts: readonly Alert[]): string | undefined {
  for (const { behaviour, count } of entry.expect) {
    const rules = rulesOf(behaviour ?? '');
    if (!rules.some((rule) => countOf(alerts, rule) === count))
      return `${rules.join(' or ')} should fire ${count}×; there is ${told(alerts)}`;
  }
  for (const behaviour of entry.must_not_fire ?? []) {
    const wrong =
      behaviour === 'any'
        ? alerts.filter(({ severity }) => severity !== 'informational')
        : alerts.filter(({ rule }) => rulesOf(behaviour).includes(rule));
    if (wrong.length > 0) return `should be silent about ${behaviour}; there is ${told(wrong)}`;
  }
  return undefined;
}

type Analyse = (entry: Case) => Promise<readonly Alert[]>;

/** Several cases ask different things of the same trace under the same lists: it is analysed once. */
function createAnalyse(folder: string, scratch: string): Analyse {
  const done = new Map<string, Promise<readonly Alert[]>>();
  return (entry) => {
    const key = JSON.stringify([entry.trace, listsFor(entry.overrides ?? [])]);
    const alerts =
      done.get(key) ?? writeLists(scratch, entry).then((lists) => analyse(join(folder, entry.trace), lists));
    done.set(key, alerts);
    return alerts;
  };
}

async function runCase(entry: Case, alertsOf: Analyse): Promise<CaseResult> {
  const miss = missOf(entry, await alertsOf(entry));
  return miss === undefined ? { id: entry.id } : { id: entry.id, miss };
}

/** Two processes at a time. */
async function runAll(folder: string, scratch: string): Promise<CorpusReport> {
  const cases = await readCases(folder);
  const alertsOf = createAnalyse(folder, scratch);
  const waiting = cases.filter((entry) => entry.engine_specific !== true);
  const leftOut = cases.length - waiting.length;
  const results: CaseResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await runCase(next, alertsOf));
  };
  await Promise.all([work(), work()]);
  return { results, leftOut };
}

export const falcoK8sAudit: Corpus = {
  name: 'falco-k8saudit',
  what: "traces of Falco's own regression tests on audit rules, with the rule and the count that must come of each",
  run: async (folder) => {
    const scratch = await mkdtemp(join(tmpdir(), 'yagura-corpus-'));
    try {
      return await runAll(folder, scratch);
    } finally {
      await rm(scratch, { recursive: true });
    }
  },
};
