// Tells of each rule of any Falco file what will become of it here: it runs, runs with fields that are always empty, or cannot run.
import type { AlertSource } from '@yagura/contracts';
import { necessaryValues } from '../compile/necessary-values.ts';
import { neverHolds } from '../compile/never-holds.ts';
import {
  type BoundField,
  catalogueFields,
  readsOf,
  type TypedCondition,
  testsOf,
} from '../compile/typed-condition.ts';
import type { DataFiles } from '../data/data-files.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { Span } from '../language/source-text.ts';
import { type LoadedRule, type RuleOutcome, readRules } from './load-rules.ts';
import type { RuleFile } from './read-items.ts';

/** `skipped`: it names a field that is not known here, and has `skip-if-unknown-filter`. */
export type RuleVerdict = 'runs' | 'empty-fields' | 'cannot-run' | 'skipped';

export interface CheckedRule {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly verdict: RuleVerdict;
  readonly source?: AlertSource;
  readonly isEnabled: boolean;
  /** Fields that no event here has and that it decides by: tests of them are false. */
  readonly emptyFields: readonly string[];
  /** Others that its output alone names: it shows `<NA>`. */
  readonly emptyInOutput: readonly string[];
  /** Why it cannot run, was skipped, or runs on less than Falco would. */
  readonly reasons: readonly RuleProblem[];
}

export interface CheckReport {
  readonly rules: readonly CheckedRule[];
  /** Mistakes that are no rule's own: of files, macros and lists. */
  readonly problems: readonly RuleProblem[];
  readonly notices: readonly RuleProblem[];
}

const emptyOf = (bounds: readonly BoundField[]): readonly BoundField[] =>
  bounds.flatMap(catalogueFields).filter(({ field }) => field.kinds.length === 0);

const keysOf = (bounds: readonly BoundField[]): readonly string[] =>
  [...new Set(bounds.map(({ key }) => key))].sort();

const readsInCondition = (condition: TypedCondition): readonly BoundField[] =>
  testsOf(condition).flatMap(readsOf);

/** Those that decide, and those that are only shown. */
interface EmptyFields {
  readonly emptyFields: readonly string[];
  readonly emptyInOutput: readonly string[];
}

function emptyFieldsOf({ condition, output, dedupe }: LoadedRule): EmptyFields {
  const emptyFields = keysOf(emptyOf([...readsInCondition(condition), ...dedupe]));
  const shown = keysOf(emptyOf(output.filter((part) => typeof part !== 'string')));
  return { emptyFields, emptyInOutput: shown.filter((key) => !emptyFields.includes(key)) };
}

interface Silence {
  readonly message: string;
  readonly expected?: string;
}

/** A rule that loads and can yet never fire would be a false promise. */
function silenceOf({ condition, kinds }: LoadedRule): Silence | undefined {
  if (kinds.length === 0) {
    const types = [...(necessaryValues(condition, 'evt.type') ?? [])].sort();
    const shown = types.length > 8 ? `${types.slice(0, 8).join(', ')} …` : types.join(', ');
    return {
      message: `it needs events of type ${shown}, and none is read here`,
      expected: 'execve, procexit or openat',
    };
  }
  if (!neverHolds(condition)) return undefined;
  const empty = keysOf(emptyOf(readsInCondition(condition)));
  return { message: `it can never fire: no event here has ${empty.join(', ')}` };
}

/** What whoever relies on a rule that was loaded should know; nothing where it runs as it stands. */
export function noticeOf(rule: LoadedRule): string | undefined {
  const silence = silenceOf(rule);
  if (silence !== undefined) return silence.message;
  const { emptyFields, emptyInOutput } = emptyFieldsOf(rule);
  const empty = [...emptyFields, ...emptyInOutput].sort();
  return empty.length === 0 ? undefined : `always empty, as no event here has them: ${empty.join(', ')}`;
}

/** Falco reports each open of a file; a sensor that did would cost a node much. */
const shortfalls = ({ kinds }: LoadedRule, at: Span): readonly RuleProblem[] =>
  kinds.every((kind) => kind === 'file.opened')
    ? [
        problemAt(
          at,
          'it sees opens of the files that the sensor watches, and no others; --watch-files names more of them',
        ),
      ]
    : [];

function verdictOf({
  loaded,
  problems,
  skipped,
  isEnabled,
  at,
}: RuleOutcome): Omit<CheckedRule, 'rule' | 'file' | 'line' | 'column'> {
  if (loaded === undefined)
    return {
      verdict: skipped === undefined ? 'cannot-run' : 'skipped',
      isEnabled,
      emptyFields: [],
      emptyInOutput: [],
      reasons: skipped ?? problems,
    };
  const empty = emptyFieldsOf(loaded);
  const about = { source: loaded.info.source, isEnabled: loaded.info.enabled, ...empty };
  const silence = silenceOf(loaded);
  if (silence !== undefined) {
    const reasons = [problemAt(at, silence.message, silence.expected)];
    return { ...about, verdict: 'cannot-run', reasons };
  }
  return {
    ...about,
    verdict: empty.emptyFields.length === 0 ? 'runs' : 'empty-fields',
    reasons: shortfalls(loaded, at),
  };
}

function checkRule(outcome: RuleOutcome): CheckedRule {
  const { file, line, column } = problemAt(outcome.at, '');
  return { rule: outcome.name, file, line, column, ...verdictOf(outcome) };
}

/** The files are one load, in their order: later ones may change what stands in earlier ones. */
export function checkRules(files: readonly RuleFile[], data?: DataFiles): CheckReport {
  const { rules, problems, notices } = readRules(files, data);
  return { rules: rules.map(checkRule), problems, notices };
}
