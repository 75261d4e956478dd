// The keys that a rule may have: Falco's, ours, and Falco's that change nothing here.

const falcoKeys = [
  'rule',
  'desc',
  'condition',
  'output',
  'priority',
  'tags',
  'exceptions',
  'source',
  'enabled',
] as const;
const yaguraKeys = [
  'id',
  'title',
  'attack',
  'why',
  'benign',
  'respond',
  'similar_to',
  'needs',
  'better_with',
  'only_on',
  'unless_empty',
  'dedupe',
  'threshold',
  'sequence',
  'novelty',
] as const;
/** Hints to Falco's own engine, and keys whose work is done before a rule is read. */
const otherKeys = [
  'warn_evttypes',
  'skip-if-unknown-filter',
  'capture',
  'capture_duration',
  'append',
  'override',
] as const;

export const ruleKeys: readonly string[] = [...falcoKeys, ...yaguraKeys, ...otherKeys];
export const macroKeys: readonly string[] = ['macro', 'condition', 'desc', 'append', 'override'];
export const listKeys: readonly string[] = ['list', 'items', 'items_from', 'desc', 'append', 'override'];

interface Overridable {
  readonly append: readonly string[];
  readonly replace: readonly string[];
  /** What the old `append: true` adds to. */
  readonly appendAll: readonly string[];
}

const ruleAppend = ['condition', 'output', 'desc', 'tags', 'exceptions'];

/** What a later item may change of an earlier one: Falco's keys, and of ours those that only tell. */
export const overridable: Readonly<Record<'rule' | 'macro' | 'list', Overridable>> = {
  rule: {
    append: ruleAppend,
    replace: [
      ...ruleAppend,
      'priority',
      'enabled',
      'warn_evttypes',
      'skip-if-unknown-filter',
      'capture',
      'capture_duration',
      'title',
      'attack',
      'why',
      'benign',
      'respond',
      'similar_to',
      'needs',
      'better_with',
      'only_on',
      'dedupe',
    ],
    appendAll: ['condition', 'exceptions'],
  },
  macro: { append: ['condition'], replace: ['condition'], appendAll: ['condition'] },
  list: { append: ['items'], replace: ['items'], appendAll: ['items'] },
};
