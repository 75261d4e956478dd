// Endpoints about rules.
import Type, { type Static } from 'typebox';
import { RuleInfo } from '../alert/rule.ts';
import { literals } from '../literals.ts';
import { endpoint } from './endpoint.ts';

/** Since the hub was started. */
export const RuleCost = Type.Object({
  seen: Type.Integer({ description: 'events that the rule was tried on' }),
  matched: Type.Integer(),
  microseconds: Type.Number({ description: 'spent on the rule; a sample' }),
  faults: Type.Integer({ description: 'events that the rule could not read' }),
  keys: Type.Integer({ description: 'what it remembers now' }),
  evictions: Type.Integer({ description: 'what it forgot before its time, for want of room' }),
  late: Type.Integer({ description: 'events that came too late for its window' }),
});
export type RuleCost = Static<typeof RuleCost>;

/** Who turned a rule on or off, against what its text says. */
export const RuleSwitch = Type.Object({
  enabled: Type.Boolean(),
  reason: Type.String(),
  by: Type.String(),
  at: Type.String(),
});
export type RuleSwitch = Static<typeof RuleSwitch>;

export const ruleOrigins = ['builtin', 'folder', 'hub'] as const;
export type RuleOrigin = (typeof ruleOrigins)[number];

/** A rule as the hub runs it; `enabled` is what holds, with the switch. */
export const HubRule = Type.Object({
  ...RuleInfo.properties,
  origin: literals(ruleOrigins),
  ruleFile: Type.Optional(Type.String({ description: 'name of the hub’s rule file that holds it' })),
  overrides: Type.Optional(Type.Literal(true, { description: 'it stands in for another rule of this id' })),
  stale: Type.Optional(Type.String({ description: 'its new text is broken, and the one before still runs' })),
  notice: Type.Optional(
    Type.String({ description: 'why it can never fire, or which of its fields no event here has' }),
  ),
  switch: Type.Optional(RuleSwitch),
  cost: RuleCost,
});
export type HubRule = Static<typeof HubRule>;

export const listRules = endpoint({
  id: 'listRules',
  method: 'GET',
  path: '/api/v1/rules',
  access: 'rules:read',
  summary: 'All rules that are loaded, with what they cost',
  response: Type.Object({ items: Type.Array(HubRule) }),
});

export const getRule = endpoint({
  id: 'getRule',
  method: 'GET',
  path: '/api/v1/rules/{id}',
  access: 'rules:read',
  summary: 'One rule',
  response: HubRule,
});

export const RuleCase = Type.Object({
  name: Type.String(),
  alerts: Type.Integer({ description: 'how many alerts must come of its events; none: it stays silent' }),
});
export type RuleCase = Static<typeof RuleCase>;

export const RuleCases = Type.Object({
  items: Type.Array(RuleCase),
  problem: Type.Optional(Type.String({ description: 'why the tests cannot be read' })),
});
export type RuleCases = Static<typeof RuleCases>;

export const listRuleCases = endpoint({
  id: 'listRuleCases',
  method: 'GET',
  path: '/api/v1/rules/{id}/cases',
  access: 'rules:read',
  summary:
    'What the tests beside a rule prove: on what it fires, and on what it stays silent; they are not run',
  response: RuleCases,
});

const SwitchReason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) });

export const disableRule = endpoint({
  id: 'disableRule',
  method: 'POST',
  path: '/api/v1/rules/{id}/disable',
  access: 'rules:write',
  summary: 'Turn a rule off, whatever its origin; what it remembers stays',
  body: SwitchReason,
  response: HubRule,
});

export const enableRule = endpoint({
  id: 'enableRule',
  method: 'POST',
  path: '/api/v1/rules/{id}/enable',
  access: 'rules:write',
  summary: 'Turn a rule on',
  body: SwitchReason,
  response: HubRule,
});

export const reloadRules = endpoint({
  id: 'reloadRules',
  method: 'POST',
  path: '/api/v1/rule-reload',
  access: 'rules:write',
  summary:
    'Read all folders of rules and lists again; the hub does so by itself when a folder of rules changes',
  response: Type.Object({
    rules: Type.Integer(),
    problems: Type.Array(Type.String()),
    notices: Type.Array(
      Type.String({ description: 'no mistakes, and yet worth a look: rules that can never fire' }),
    ),
  }),
});
