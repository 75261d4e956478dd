// The keys that a rule may have: Falco's, ours, and Falco's that change nothing here.

export const falcoKeys = [
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
export const yaguraKeys = [
  'id',
  'title',
  'attack',
  'why',
  'benign',
  'respond',
  'similar_to',
  'needs',
  'dedupe',
  'threshold',
  'sequence',
  'novelty',
] as const;
const ignoredKeys = ['warn_evttypes', 'skip-if-unknown-filter', 'capture', 'capture_duration'] as const;
export const laterKeys = ['append', 'override'] as const;

export const ruleKeys: readonly string[] = [...falcoKeys, ...yaguraKeys, ...ignoredKeys, ...laterKeys];
