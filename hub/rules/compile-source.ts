// Compiles one source of rules; of a rule that is broken now, the version before goes on.
import { formatProblem, type LoadedRule, loadRules, type RuleProblem } from '@yagura/detection';
import { isMissing, type MissingSource, type RuleSource } from './rule-source.ts';

export interface CompiledRule {
  readonly loaded: LoadedRule;
  /** Why it is not the text that is there now. */
  readonly stale?: string;
}

export interface CompiledSource {
  readonly key: string;
  readonly origin: RuleSource['origin'];
  readonly digest: string;
  readonly rules: readonly CompiledRule[];
  readonly problems: readonly RuleProblem[];
  readonly notices: readonly RuleProblem[];
  /** Said beside the problems: the source itself could not be read. */
  readonly missing?: string;
}

/** Undefined for a source that cannot be read and never was. */
export function compileSource(
  source: RuleSource | MissingSource,
  before: CompiledSource | undefined,
): CompiledSource | undefined {
  if (isMissing(source)) {
    const { problem: missing } = source;
    const rules = before?.rules.map(({ loaded }) => ({ loaded, stale: missing })) ?? [];
    return {
      origin: 'folder',
      problems: [],
      notices: [],
      ...before,
      key: source.key,
      digest: '',
      rules,
      missing,
    };
  }
  if (before?.digest === source.digest) return before;
  const { rules, problems, notices } = loadRules(source.files, source.data);
  const ids = new Set(rules.map(({ info }) => info.id));
  const kept = (before?.rules ?? []).flatMap(({ loaded }): CompiledRule[] =>
    ids.has(loaded.info.id) || !isStillThere(loaded, source)
      ? []
      : [{ loaded, stale: reasonOf(loaded, problems) }],
  );
  return {
    ...{ key: source.key, origin: source.origin, digest: source.digest, problems, notices },
    rules: [...rules.map((loaded) => ({ loaded })), ...kept],
  };
}

/** Whoever removes a rule takes it out of the file; who breaks it leaves its name there. */
const isStillThere = ({ info }: LoadedRule, { files }: RuleSource): boolean =>
  files.some(({ path, text }) => path === info.file && text.includes(info.name));

function reasonOf({ info }: LoadedRule, problems: readonly RuleProblem[]): string {
  const own = problems.find(({ file }) => file === info.file) ?? problems[0];
  return own === undefined ? 'its text is broken' : formatProblem(own);
}
