// A rule as the API and the CLI show it.
import Type, { type Static } from 'typebox';
import { AuditProvider } from '../event/audit.ts';
import { literals } from '../literals.ts';
import { AlertSource } from './alert.ts';
import { logPartNames } from './log-parts.ts';
import { Severity } from './severity.ts';

/** What a rule remembers between events; a `match` remembers nothing. */
export const ruleTypes = ['match', 'threshold', 'sequence', 'novelty'] as const;

export const RuleInfo = Type.Object({
  id: Type.String(),
  version: Type.String({ description: 'hash of its text with the lists and macros it uses' }),
  name: Type.String({ description: 'the `rule:` key' }),
  title: Type.String(),
  source: AlertSource,
  type: Type.Optional(literals(ruleTypes)),
  severity: Severity,
  enabled: Type.Boolean(),
  tactics: Type.Array(Type.String()),
  techniques: Type.Array(Type.String()),
  condition: Type.String(),
  text: Type.String(),
  file: Type.String(),
  why: Type.Optional(Type.String()),
  benign: Type.Optional(Type.Array(Type.String())),
  respond: Type.Optional(Type.Array(Type.String())),
  similarTo: Type.Optional(Type.Array(Type.String())),
  needs: Type.Optional(
    Type.Array(literals(logPartNames), { description: 'parts of an audit log that it cannot do without' }),
  ),
  betterWith: Type.Optional(
    Type.Array(literals(logPartNames), { description: 'parts without which it sees less' }),
  ),
  onlyOn: Type.Optional(
    Type.Array(AuditProvider, { description: 'providers on which there is what it looks for' }),
  ),
});
export type RuleInfo = Static<typeof RuleInfo>;
