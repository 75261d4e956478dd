// What a rule file says, item by item, before lists and macros are put in.
import type { AlertSource, AuditProvider, LogPart, Severity } from '@yagura/contracts';
import type { OutputTemplate } from '../compile/output-template.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { Condition } from '../language/condition.ts';
import type { RuleProblem } from '../language/problem.ts';
import type { Span } from '../language/source-text.ts';
import type { ParsedCorrelation } from './parse-correlation.ts';

export interface ParsedRule {
  readonly kind: 'rule';
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly source: AlertSource;
  readonly severity: Severity;
  readonly isEnabled: boolean;
  /** An unknown field leaves the rule out without a word: Falco's `skip-if-unknown-filter`. */
  readonly mayBeUnknown: boolean;
  /** Name of a list; while it has no value, the rule is off. */
  readonly unlessEmpty?: { readonly list: string; readonly span: Span };
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly tags: readonly string[];
  readonly why?: string;
  readonly benign?: readonly string[];
  readonly respond?: readonly string[];
  readonly similarTo?: readonly string[];
  readonly needs?: readonly LogPart[];
  readonly betterWith?: readonly LogPart[];
  readonly onlyOn?: readonly AuditProvider[];
  readonly dedupe: readonly BoundField[];
  readonly condition: Condition;
  readonly conditionText: string;
  readonly output: OutputTemplate;
  readonly correlation?: ParsedCorrelation;
  readonly text: string;
  readonly span: Span;
  /** What is said beside the mistakes: such a rule is not loaded. */
  readonly problems: readonly RuleProblem[];
}
