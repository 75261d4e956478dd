// Mutated rule files through the loader, the compiler and the engine.
import { readFile } from 'node:fs/promises';
import {
  builtinRules,
  createEngine,
  expandEvent,
  fieldCatalogue,
  loadRules,
  operators,
  readRuleFiles,
  transformers,
} from '@yagura/detection';
import type { FuzzTarget } from '../fuzz-target.ts';

const showcase = new URL('../../../detection/files/every-operator.yaml', import.meta.url);

async function seeds(): Promise<readonly string[]> {
  const own = await readRuleFiles(builtinRules);
  const shown = await readFile(showcase, 'utf8');
  // The showcase has all of the language in it, and is as likely as all others together.
  return [...own.map(({ text }) => text), ...own.map(() => shown)];
}

const keys = [
  'rule:',
  'macro:',
  'list:',
  'condition:',
  'output:',
  'priority: ERROR',
  'append: true',
  'override: { condition: append }',
  'exceptions:',
  'values:',
  'fields:',
  'comps:',
  'items:',
  'items_from:',
  'enabled: false',
  'threshold: { count: 3, within: 5m, by: proc.name }',
  'sequence:',
  'novelty: { of: proc.name, by: container.id }',
  'required_engine_version: 9.9',
  'source: k8s_audit',
];
const patterns = [
  '"(a*)*b"',
  "'(x{0,30}){0,30}'",
  "'[a-z]{1,900}'",
  "'.*.*.*.*.*='",
  '"\\\\pL+"',
  "'*a*b*c*d*'",
  "'[!-'",
  'val(proc.name)',
  '((((',
];

const events = [
  {
    process: {
      name: 'bash',
      args: ['bash', '-c', `${'a'.repeat(4000)}!`],
      parents: ['nginx', 'containerd-shim'],
    },
  },
  {
    audit: {
      verb: 'create',
      resource: 'pods',
      request: { spec: { containers: [{ image: 'a'.repeat(4000), securityContext: { privileged: true } }] } },
    },
  },
].flatMap((entry) => {
  const expanded = expandEvent(entry, 0);
  return expanded.ok ? [expanded.event] : [];
});

function run(text: string): string {
  const { rules, problems } = loadRules([{ path: 'fuzz.yaml', text }]);
  const engine = createEngine(rules);
  const matches = events.flatMap((event) => engine.evaluate(event));
  if (engine.costs().some(({ faults }) => faults > 0)) throw new Error('a rule failed on an event');
  if (problems.some(({ message }) => message.startsWith('not YAML'))) return 'no YAML';
  if (rules.length === 0) return problems.length === 0 ? 'nothing' : 'refused';
  return `${problems.length === 0 ? 'loaded' : 'loaded in part'}${matches.length === 0 ? '' : ', fired'}`;
}

export const rulesTarget: FuzzTarget = {
  describe: 'mutated rule files through the loader, the compiler and the engine',
  seeds,
  words: [
    ...keys,
    ...patterns,
    ...Object.keys(operators),
    ...Object.keys(transformers).map((name) => `${name}(`),
    ...fieldCatalogue.map(({ name }) => name),
    'and',
    'or',
    'not',
    'not(',
  ],
  longest: 16 * 1024,
  run,
};
