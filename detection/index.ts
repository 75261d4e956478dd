// What other rooms use of detection: load rules, run events through them, prove and lint rules.
export { type Countries, loadCountries } from './data/countries.ts';
export type { DataFiles } from './data/data-files.ts';
export { listNotices } from './data/unread-lists.ts';
export { type AlertCollector, createAlertCollector } from './engine/alert-collector.ts';
export { toAlertDraft } from './engine/alert-draft.ts';
export { createEngine, type Engine, type RuleCost } from './engine/engine.ts';
export type { Match } from './engine/match.ts';
export { errorCodes } from './errors.ts';
export { fieldCatalogue } from './fields/catalogue.ts';
export type { Field } from './fields/field.ts';
export { namesOfPod } from './fields/workload-name.ts';
export {
  type CheckedRule,
  type CheckReport,
  checkRules,
  noticeOf,
  type RuleVerdict,
} from './files/check-rules.ts';
export { lendDefinitions } from './files/lend-definitions.ts';
export {
  builtinRules,
  loadRuleFolder,
  type RuleSet,
  readListsFor,
  readRuleFiles,
  readRuleSet,
  withBuiltinDefinitions,
} from './files/load-rule-folder.ts';
export { type LoadedRule, type LoadedRules, loadRules } from './files/load-rules.ts';
export type { RuleFile } from './files/read-items.ts';
export { takenIdMessage } from './files/taken-id.ts';
export { glanceValueOf } from './glance/glance-fields.ts';
export { activitiesOf } from './incidents/activities.ts';
export { Book, type Known, type KnownIncident, type Sighting } from './incidents/book.ts';
export { type Activity, correlate, type Joined, type Outcome } from './incidents/correlate.ts';
export { type Link, linksOf, maxOthers } from './incidents/links.ts';
export { type Score, scoreOf } from './incidents/score.ts';
export { defaultIncidentSettings, type IncidentSettings } from './incidents/settings.ts';
export { compileGlob } from './language/glob.ts';
export { operators } from './language/operators.ts';
export { formatProblem, type RuleProblem } from './language/problem.ts';
export { nearestWords } from './language/suggestion.ts';
export { transformers } from './language/transformers.ts';
export {
  type Backtest,
  type BacktestCount,
  type BacktestReport,
  type BacktestRule,
  createBacktest,
} from './proof/backtest.ts';
export type { BranchReport } from './proof/branch-coverage.ts';
export { ruleUnderTest } from './proof/choose-rules.ts';
export { expandEvent } from './proof/compact-event.ts';
export type { ExplainedCondition } from './proof/explain-condition.ts';
export { explainRule, type RuleExplanation } from './proof/explain-rule.ts';
export { type LintProblem, lintRules } from './proof/lint-rules.ts';
export { type RuleReport, type RuleTestReport, runRuleTests, runTestFile } from './proof/run-rule-tests.ts';
export { readTestFile } from './proof/test-file.ts';
export { createDetectionState, type DetectionState } from './state/detection-state.ts';
export { latenessMs } from './state/event-time.ts';
export type { StatePart } from './state/sleeping-parts.ts';
